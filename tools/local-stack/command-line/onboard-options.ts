import { resolve } from "node:path";
import type { BehaviourName } from "@qonto-pay/sandbox";
import { behaviourOf, parseTyped, portOf } from "./typed-options.ts";

export const ONBOARD_HELP = `Takes a new merchant from its connect link to a paid checkout, with a Worker and a local Qonto on this machine.

  --name NAME           name of the merchant (my-shop)
  --yes                 completes all steps automatically, and exits
  --worker-port PORT    (8788)
  --sandbox-port PORT   (4011)
  --behaviour NAME      behaviour of the local Qonto: production, sandbox or documented (production)
  --state FOLDER        where state is stored (a temporary folder)
`;

export interface OnboardOptions {
  readonly name: string;
  /** Whether the steps run automatically, without a person who clicks. */
  readonly isAlone: boolean;
  readonly workerPort: number;
  readonly sandboxPort: number;
  /** Default: `production`. */
  readonly behaviour: BehaviourName | undefined;
  /** An absolute path; undefined: nothing is stored. */
  readonly stateFolder: string | undefined;
}

/** Ports other than those of `start`, so that both can run. */
const OPTIONS = {
  name: { type: "string", default: "my-shop" },
  yes: { type: "boolean", default: false },
  "worker-port": { type: "string", default: "8788" },
  "sandbox-port": { type: "string", default: "4011" },
  behaviour: { type: "string" },
  state: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

/**
 * Parses the arguments of `onboard:sandbox`.
 *
 * @throws StartProblem with the help, if they are invalid.
 */
export function readOnboardOptions(args: readonly string[]): OnboardOptions | "help" {
  const values = parseTyped(args, OPTIONS, ONBOARD_HELP);
  if (values.help) return "help";
  return {
    name: values.name,
    isAlone: values.yes,
    workerPort: portOf("--worker-port", values["worker-port"], ONBOARD_HELP),
    sandboxPort: portOf("--sandbox-port", values["sandbox-port"], ONBOARD_HELP),
    behaviour: behaviourOf("--behaviour", values.behaviour, ONBOARD_HELP),
    stateFolder: values.state === undefined ? undefined : resolve(values.state),
  };
}
