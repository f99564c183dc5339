import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { LocalStackOptions } from "./local-stack.ts";
import { StartProblem } from "./start-problem.ts";

export const START_HELP = `Starts the demo shop, the Worker and a local Qonto on this machine.

  --shop-port PORT      (5173)
  --worker-port PORT    (8787)
  --sandbox-port PORT   (4010)
  --state FOLDER        where state is kept between runs (.local)
`;

/**
 * Reads what was typed after `start`.
 *
 * @throws StartProblem when it can't be understood, with the help.
 */
export function readStartOptions(args: readonly string[]): LocalStackOptions | "help" {
  const values = parse(args);
  if (values.help) return "help";
  return {
    shopPort: portOf("--shop-port", values["shop-port"]),
    workerPort: portOf("--worker-port", values["worker-port"]),
    sandboxPort: portOf("--sandbox-port", values["sandbox-port"]),
    stateFolder: resolve(values.state),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        "shop-port": { type: "string", default: "5173" },
        "worker-port": { type: "string", default: "8787" },
        "sandbox-port": { type: "string", default: "4010" },
        state: { type: "string", default: fileURLToPath(new URL("../../.local", import.meta.url)) },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    // Node's first sentence says what is wrong; the others are about a `--` that would not help here.
    const [sentence] = error instanceof Error ? error.message.split(/[.\n]/) : [];
    throw mistyped(`${sentence}.`);
  }
}

function portOf(option: string, typed: string): number {
  const port = Number(typed);
  if (!/^\d+$/.test(typed) || port < 1 || port > 65_535)
    throw mistyped(`${option} takes a number from 1 to 65535, not "${typed}".`);
  return port;
}

function mistyped(what: string): StartProblem {
  return new StartProblem(`${what}\n\n${START_HELP}`);
}
