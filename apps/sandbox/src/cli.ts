#!/usr/bin/env node
import { parseArgs } from "node:util";
import { type BehaviourName, startSandbox, type SwitchChanges } from "./start-sandbox.ts";
import type { WebhookOptions } from "./webhooks/first-subscriber.ts";

const HELP = `Usage: qonto-sandbox [options]

A local Qonto: OAuth, payment links, a pay page and signed webhooks.

  --port PORT              the port to listen on (default 4010; 0 for any free one)
  --host HOST              the address to listen on (default 127.0.0.1)
  --data FILE              keep the state in FILE (default: in memory only)
  --webhook-url URL        send all events to URL, without a subscription by API
  --webhook-secret SECRET  sign them with SECRET (32 to 128 characters; default: a random one)
  --behaviour NAME         the Qonto to simulate: production (default), sandbox or documented
  --switch NAME=VALUE      change a single point of the behaviour; may be repeated
  --no-rate-limits         turn rate limits off
  --verbose                print one line for each request
  --help                   print this text
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "4010" },
      host: { type: "string", default: "127.0.0.1" },
      data: { type: "string" },
      "webhook-url": { type: "string" },
      "webhook-secret": { type: "string" },
      behaviour: { type: "string" },
      switch: { type: "string", multiple: true, default: [] },
      "no-rate-limits": { type: "boolean", default: false },
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
    rateLimits: !values["no-rate-limits"],
    webhook: readWebhook(values["webhook-url"], values["webhook-secret"]),
    // `startSandbox` validates the names.
    behaviour: values.behaviour as BehaviourName | undefined,
    switches: readSwitches(values.switch),
    log: values.verbose ? console.log : undefined,
  });
  console.log(`Qonto sandbox listening on ${sandbox.url}`);
  const { webhook } = sandbox;
  if (webhook !== undefined) console.log(`Webhooks go to ${webhook.url}, signed with the secret ${webhook.secret}`);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      void sandbox.close();
    });
  }
}

function readSwitches(pairs: readonly string[]): SwitchChanges {
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name = "", value] = pair.split("=");
      if (value === undefined) throw new Error(`--switch ${pair} has no value. Write it as NAME=VALUE`);
      return [name, value];
    }),
  );
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new Error("--port must be a number from 0 to 65535");
  return port;
}

function readWebhook(url: string | undefined, secret: string | undefined): WebhookOptions | undefined {
  if (url !== undefined) return { url, secret };
  if (secret !== undefined) throw new Error("--webhook-secret needs --webhook-url");
  return undefined;
}

main().catch((error: unknown) => {
  console.error(`qonto-sandbox: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
