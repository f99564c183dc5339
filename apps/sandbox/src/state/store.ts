import type { Behaviour } from "../behaviour/behaviour-settings.ts";
import { readDataFile, writeDataFile } from "./data-file.ts";
import { freshState } from "./fresh-state.ts";
import type { State } from "./state.ts";

/**
 * The state, and its data file if there is one.
 *
 * Code that changes the state calls `changed()`. Changes made during a write are saved together by the next write. A
 * client receives its answer only after `saved()`, so that answered changes survive a kill.
 */
export class Store {
  state: State;
  readonly #path: string | undefined;
  readonly #behaviour: Behaviour;
  /** The number of changes made, and the number of them in the file. */
  #made = 0;
  #written = 0;
  #writing: Promise<void> | undefined;
  #snapshot: State | undefined;

  private constructor(state: State, path: string | undefined, behaviour: Behaviour) {
    this.#behaviour = behaviour;
    this.state = state;
    this.#path = path;
  }

  /** Opens the data file. @throws Error if the data file cannot be read or written. */
  static async open(path: string | undefined, behaviour: Behaviour): Promise<Store> {
    const kept = path === undefined ? undefined : await readDataFile(path, behaviour);
    const store = new Store(kept ?? freshState(behaviour), path, behaviour);
    // A file that cannot be written fails the start, not the first change.
    if (path !== undefined) await store.#write(path).catch(() => refuse(path));
    return store;
  }

  /**
   * Must be called after each change. Changes without a request, such as an accepted webhook, are also written soon.
   */
  changed(): void {
    this.#made += 1;
    // After a failure, the change stays unwritten: the next request tries again and answers with the error.
    if (this.#path !== undefined) setImmediate(() => void this.saved().catch(() => undefined));
  }

  /** Restores the initial state, with the behaviour of the start. */
  reset(): void {
    this.state = freshState(this.#behaviour);
    this.changed();
  }

  /** Copies the state in memory, for `restoreSnapshot`. */
  takeSnapshot(): void {
    this.#snapshot = structuredClone(this.state);
  }

  /** Restores the last snapshot. @returns false if none was taken. */
  restoreSnapshot(): boolean {
    if (this.#snapshot === undefined) return false;
    this.state = structuredClone(this.#snapshot);
    this.changed();
    return true;
  }

  /** Resolves when the file has all changes made so far. Rejects with the file system's error. */
  async saved(): Promise<void> {
    const made = this.#made;
    while (this.#path !== undefined && this.#written < made) {
      // A current write may have begun before these changes. Then the next write saves them.
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
  throw new Error(`${path} can't be written. Name another file with --data.`);
}
