#!/usr/bin/env node
import { parseArgs } from "node:util";
import { startSandbox } from "./start-sandbox.ts";

const HELP = `Usage: qonto-sandbox [options]

A local Qonto: OAuth, payment links, a pay page and signed webhooks.

  --port PORT   the port to listen on (default 4010; 0 for any free one)
  --host HOST   the address to listen on (default 127.0.0.1)
  --data FILE   keep the state in FILE (default: in memory only)
  --verbose     print one line for each request
  --help        print this text
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4010" },
      host: { type: "string", default: "127.0.0.1" },
      data: { type: "string" },
      verbose: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  const sandbox = await startSandbox({
    port: readPort(values.port),
    host: values.host,
    dataFile: values.data,
    log: values.verbose ? console.log : undefined,
  });
  console.log(`Qonto sandbox listening on ${sandbox.url}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void sandbox.close();
    });
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error("--port must be a number from 0 to 65535");
  return port;
}

main().catch((error: unknown) => {
  console.error(`qonto-sandbox: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
