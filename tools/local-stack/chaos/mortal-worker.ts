import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { LocalWorkerOptions } from "../servers/local-worker.ts";
import { StartProblem } from "../command-line/start-problem.ts";

const PROGRAM = fileURLToPath(new URL("../servers/worker-process.ts", import.meta.url));

/** The port of a killed process may stay in use for a moment. */
const TRIES = 20;
const PAUSE_MS = 500;

/** The Worker in workerd, which can be killed and restarted on the same state. */
export class MortalWorker {
  readonly #options: LocalWorkerOptions;
  #child: ChildProcess;
  #restarting: Promise<void> = Promise.resolve();
  #kills = 0;

  private constructor(options: LocalWorkerOptions, child: ChildProcess) {
    this.#options = options;
    this.#child = child;
  }

  /** @throws StartProblem if it does not start. */
  static async start(options: LocalWorkerOptions): Promise<MortalWorker> {
    return new MortalWorker(options, await startProcess(options));
  }

  get kills(): number {
    return this.#kills;
  }

  /**
   * Kills workerd and its parent process with SIGKILL, regardless of their state, and starts them again. One kill at a
   * time.
   */
  kill(): Promise<void> {
    this.#restarting = this.#restartAfter(this.#restarting);
    return this.#restarting;
  }

  async close(): Promise<void> {
    await this.#restarting.catch(() => undefined);
    await killGroup(this.#child);
  }

  async #restartAfter(before: Promise<void>): Promise<void> {
    await before;
    this.#kills += 1;
    await killGroup(this.#child);
    this.#child = await startProcess(this.#options);
  }
}

async function startProcess(options: LocalWorkerOptions): Promise<ChildProcess> {
  for (let tries = 1; ; tries += 1) {
    // The process leads a process group of its own, which includes workerd.
    const child = fork(PROGRAM, { detached: true, stdio: ["ignore", "ignore", "ignore", "ipc"] });
    child.send(options);
    const first = await Promise.race([once(child, "message"), once(child, "exit").then(() => "ended")]);
    if (first !== "ended") return child;
    if (tries === TRIES) throw new StartProblem("The Worker did not start again after it was killed.");
    await pause(PAUSE_MS);
  }
}

async function killGroup(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  process.kill(-child.pid, "SIGKILL");
  await ended;
}
