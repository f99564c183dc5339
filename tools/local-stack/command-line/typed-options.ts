import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { readOrigin } from "@qonto-pay/core/api";
import { BEHAVIOUR_NAMES, type BehaviourName } from "@qonto-pay/sandbox";
import { StartProblem } from "./start-problem.ts";

/**
 * Parses the arguments of a command. @param help follows the error message.
 *
 * @throws StartProblem if they are invalid.
 */
export function parseTyped<Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  help: string,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    // Node's first sentence names the problem; the others are about a `--` that would not help here.
    const [sentence] = error instanceof Error ? error.message.split(/[.\n]/) : [];
    throw new StartProblem(`${sentence}.\n\n${help}`);
  }
}

/** @throws StartProblem if the value is not a port. */
export function portOf(option: string, typed: string, help: string): number {
  const port = Number(typed);
  if (/^\d+$/.test(typed) && port >= 1 && port <= 65_535) return port;
  throw new StartProblem(`${option} takes a number from 1 to 65535, not "${typed}".\n\n${help}`);
}

/** Returns the behaviour of the sandbox. @throws StartProblem for an unknown one, with the known ones. */
export function behaviourOf(option: string, typed: string | undefined, help: string): BehaviourName | undefined {
  if (typed === undefined) return undefined;
  const known = BEHAVIOUR_NAMES.find((name) => name === typed);
  if (known !== undefined) return known;
  throw new StartProblem(`${option} takes ${BEHAVIOUR_NAMES.join(", ")}, not "${typed}".\n\n${help}`);
}

/** Returns an origin as a browser sends it. @throws StartProblem for an invalid one, with the reason. */
export function originOf(option: string, typed: string, help: string): string {
  const read = readOrigin(typed);
  if ("origin" in read) return read.origin;
  const why = /^\s*https?:\/\//i.test(typed) ? `: it ${read.problem}` : "";
  throw new StartProblem(`${option} takes an origin like http://localhost:3000, not "${typed}"${why}.\n\n${help}`);
}
