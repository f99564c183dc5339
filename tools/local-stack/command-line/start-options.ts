import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { ParseArgsOptionsConfig } from "node:util";
import type { LocalStackOptions } from "../servers/local-stack.ts";
import { behaviourOf, originOf, parseTyped, portOf } from "./typed-options.ts";

export const START_HELP = `Starts the demo shop, the Worker and a local Qonto on this machine.

  --shop-port PORT      (5173)
  --worker-port PORT    (8787)
  --sandbox-port PORT   (4010)
  --origin URL          allows payments from the pages of another shop, and links from the status page back to them;
                        http for localhost and for names in .localhost, .test and .local; repeatable, and
                        remembered for the next start
  --behaviour NAME      behaviour of the local Qonto: production, sandbox or documented (production)
  --state FOLDER        where state is stored between runs (.local)
`;

const OPTIONS = {
  "shop-port": { type: "string", default: "5173" },
  "worker-port": { type: "string", default: "8787" },
  "sandbox-port": { type: "string", default: "4010" },
  origin: { type: "string", multiple: true, default: [] as string[] },
  behaviour: { type: "string" },
  state: { type: "string", default: fileURLToPath(new URL("../../../.local", import.meta.url)) },
  help: { type: "boolean", default: false },
} satisfies ParseArgsOptionsConfig;

/**
 * Parses the arguments of `start`.
 *
 * @throws StartProblem with the help, if they are invalid.
 */
export function readStartOptions(args: readonly string[]): LocalStackOptions | "help" {
  const values = parseTyped(args, OPTIONS, START_HELP);
  if (values.help) return "help";
  return {
    shopPort: portOf("--shop-port", values["shop-port"], START_HELP),
    workerPort: portOf("--worker-port", values["worker-port"], START_HELP),
    sandboxPort: portOf("--sandbox-port", values["sandbox-port"], START_HELP),
    origins: values.origin.map((typed) => originOf("--origin", typed, START_HELP)),
    behaviour: behaviourOf("--behaviour", values.behaviour, START_HELP),
    stateFolder: resolve(values.state),
  };
}
