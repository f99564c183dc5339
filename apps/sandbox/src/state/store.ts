import type { Behaviour } from "../behaviour/behaviour-settings.ts";
import { readDataFile, writeDataFile } from "./data-file.ts";
import { freshState } from "./fresh-state.ts";
import type { State } from "./state.ts";

/**
 * The state, and the file behind it where there is one.
 *
 * Whoever changes the state calls `changed()`. Changes made while the file is being written go into one next write, and
 * a client gets its answer only after `saved()`: what was answered is there after a kill.
 */
export class Store {
  state: State;
  readonly #path: string | undefined;
  readonly #behaviour: Behaviour;
  /** How many changes were made, and how many of them the file has. */
  #made = 0;
  #written = 0;
  #writing: Promise<void> | undefined;
  #snapshot: State | undefined;

  private constructor(state: State, path: string | undefined, behaviour: Behaviour) {
    this.#behaviour = behaviour;
    this.state = state;
    this.#path = path;
  }

  /** @throws Error when the data file is there and cannot be read, or cannot be written. */
  static async open(path: string | undefined, behaviour: Behaviour): Promise<Store> {
    const kept = path === undefined ? undefined : await readDataFile(path, behaviour);
    const store = new Store(kept ?? freshState(behaviour), path, behaviour);
    // Better now than at the first change.
    if (path !== undefined) await store.#write(path).catch(() => refuse(path));
    return store;
  }

  /** To be called after each change. What changes without a request, a webhook taken for example, is written soon too. */
  changed(): void {
    this.#made += 1;
    // A failure leaves the change unwritten: the next request meets it again and answers with it.
    if (this.#path !== undefined) setImmediate(() => void this.saved().catch(() => undefined));
  }

  /** Starts over, with the behaviour that the sandbox was started with. */
  reset(): void {
    this.state = freshState(this.#behaviour);
    this.changed();
  }

  /** Keeps a copy of the state in memory for `restoreSnapshot`. */
  takeSnapshot(): void {
    this.#snapshot = structuredClone(this.state);
  }

  /** Returns to the state of the last snapshot. @returns false where none was taken. */
  restoreSnapshot(): boolean {
    if (this.#snapshot === undefined) return false;
    this.state = structuredClone(this.#snapshot);
    this.changed();
    return true;
  }

  /** Resolves when every change made so far is in the file. Rejects with the error of the file system. */
  async saved(): Promise<void> {
    const made = this.#made;
    while (this.#path !== undefined && this.#written < made) {
      // A write under way may have begun before these changes: then it is another one that has them.
      this.#writing ??= this.#write(this.#path);
      await this.#writing;
    }
  }

  async #write(path: string): Promise<void> {
    const made = this.#made;
    try {
      await writeDataFile(path, this.state);
      this.#written = made;
    } finally {
      this.#writing = undefined;
    }
  }
}

function refuse(path: string): never {
  throw new Error(`${path} can't be written: name another file with --data.`);
}
