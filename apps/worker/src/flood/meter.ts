/** Counts events of the recent past: each counts less the older it is. */
export class Meter {
  readonly #windowMs: number;
  #count = 0;
  #at = 0;

  /** @param windowMs after this time, an event counts for a third. */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  /** Times are milliseconds since the epoch. */
  add(now: number): void {
    this.#count = this.read(now) + 1;
    this.#at = now;
  }

  /** Returns the number of recent events. */
  read(now: number): number {
    return this.#count * Math.exp(-Math.max(0, now - this.#at) / this.#windowMs);
  }
}
