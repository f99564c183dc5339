import { StartProblem } from "./start-problem.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs a program to its end: code 0, or 1 where it throws, after saying why. */
export async function runProgram(program: () => Promise<void>): Promise<void> {
  try {
    await program();
    process.exit(0);
  } catch (error) {
    console.error(error instanceof StartProblem ? error.message : error);
    process.exit(1);
  }
}

/** Has the program end with code 0 when it is interrupted before it runs: nothing has to be closed in good order yet. */
export function endIfInterrupted(): void {
  for (const signal of SIGNALS) process.on(signal, () => process.exit(0));
}

/** Settles when somebody wants the program to end, by Ctrl-C or by any other polite way. */
export function untilToldToStop(): Promise<"told"> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) {
      // Vite has a listener of its own, and `endIfInterrupted` too: they would end this process before everything is closed.
      process.removeAllListeners(signal);
      // Not only once: pnpm passes on the Ctrl-C that the terminal has sent here already.
      process.on(signal, () => resolve("told"));
    }
  });
}
