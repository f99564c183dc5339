import { StartProblem } from "./start-problem.ts";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs a program to its end: code 0, or 1 if it throws, after printing the reason. */
export async function runProgram(program: () => Promise<void>): Promise<void> {
  try {
    await program();
    process.exit(0);
  } catch (error) {
    console.error(error instanceof StartProblem ? error.message : error);
    process.exit(1);
  }
}

/** Makes the program exit with code 0 if it is interrupted before it runs: nothing needs to be closed yet. */
export function endIfInterrupted(): void {
  for (const signal of SIGNALS) process.on(signal, () => process.exit(0));
}

/** Settles on the first request to exit: Ctrl-C, or another signal that allows an orderly exit. */
export function untilToldToStop(): Promise<"told"> {
  return new Promise((resolve) => {
    for (const signal of SIGNALS) {
      // Vite has a listener of its own, and so has `endIfInterrupted`: they would end this process before everything is
      // closed.
      process.removeAllListeners(signal);
      // Signals may repeat: pnpm forwards the Ctrl-C that the terminal has already sent to this process.
      process.on(signal, () => resolve("told"));
    }
  });
}
