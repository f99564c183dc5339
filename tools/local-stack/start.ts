import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type LocalStackOptions, startLocalStack } from "./local-stack.ts";

const HELP = `Starts the demo shop, the Worker and a local Qonto on this machine.

  --shop-port PORT      (5173)
  --worker-port PORT    (8787)
  --sandbox-port PORT   (4010)
  --state FOLDER        where state is kept between runs (.local)
`;

const { values } = parseArgs({
  options: {
    "shop-port": { type: "string", default: "5173" },
    "worker-port": { type: "string", default: "8787" },
    "sandbox-port": { type: "string", default: "4010" },
    state: { type: "string", default: fileURLToPath(new URL("../../.local", import.meta.url)) },
    help: { type: "boolean", default: false },
  },
});

if (values.help) console.log(HELP);
else await start();

async function start(): Promise<void> {
  const options: LocalStackOptions = {
    stateFolder: values.state,
    shopPort: Number(values["shop-port"]),
    workerPort: Number(values["worker-port"]),
    sandboxPort: Number(values["sandbox-port"]),
  };
  const stack = await startLocalStack(options);
  console.log(`
  The shop     ${stack.shopUrl}
  The Worker   ${stack.workerUrl}
  The sandbox  ${stack.sandboxUrl}

  Click a button, pay with card 4543 4740 0224 9996, any future date, any CVC, and choose "Paid".
  Ctrl-C stops everything.
`);
  // Wrangler and vite have listeners of their own, which would end this process before everything is closed.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.removeAllListeners(signal);
    process.once(signal, () => {
      void stack.close().then(() => process.exit(0));
    });
  }
}
