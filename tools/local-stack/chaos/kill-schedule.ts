import type { RandomNumbers } from "../bench/random-numbers.ts";
import type { MortalWorker } from "./mortal-worker.ts";

/** Kills a Worker a number of times while a task makes progress, at moments that the seed determines. */
export class KillSchedule {
  readonly #worker: MortalWorker;
  readonly #at: number[];
  #progress = 0;
  #running: Promise<void> = Promise.resolve();

  /** @param total the expected progress; no kill happens in the last tenth. */
  constructor(worker: MortalWorker, kills: number, total: number, random: RandomNumbers) {
    this.#worker = worker;
    this.#at = Array.from({ length: kills }, () => Math.floor(random() * total * 0.9)).toSorted((a, b) => a - b);
  }

  /** Records one more step of progress. */
  step(): void {
    this.#progress += 1;
    while ((this.#at[0] ?? Number.POSITIVE_INFINITY) < this.#progress) {
      this.#at.shift();
      this.#running = this.#worker.kill();
    }
  }

  /** Settles once the Worker runs again after the last kill. @throws StartProblem */
  settled(): Promise<void> {
    return this.#running;
  }
}
