import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Challenge } from "@qonto-pay/core/api";

const PROGRAM = fileURLToPath(new URL("./solver-program.ts", import.meta.url));

/** Solves challenges in a process of its own, as a device other than the Worker's does. */
export class Solver {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<number, (solution: string) => void>();
  #challenges = 0;

  /** @param niceness from 0, as any program, to 19, with what others leave of the processors. */
  constructor(niceness: number) {
    this.#process = fork(PROGRAM, [String(niceness)]);
    this.#process.on("message", ({ id, solution }: { id: number; solution: string }) => {
      this.#waiting.get(id)?.(solution);
      this.#waiting.delete(id);
    });
  }

  /** Returns the solution as the button sends it. */
  solve(challenge: Challenge): Promise<string> {
    const id = (this.#challenges += 1);
    this.#process.send({ id, challenge });
    return new Promise((resolve) => this.#waiting.set(id, resolve));
  }

  close(): void {
    this.#process.disconnect();
  }
}
