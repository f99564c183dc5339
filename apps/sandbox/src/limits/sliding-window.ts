/** Counts events within the last `length` milliseconds. Times are milliseconds since 1970. */
export class SlidingWindow {
  readonly #length: number;
  /** Oldest first. Times before `#first` have expired. */
  #times: number[] = [];
  #first = 0;

  constructor(length: number) {
    this.#length = length;
  }

  add(now: number): void {
    this.#moveTo(now);
    this.#times.push(now);
  }

  count(now: number): number {
    this.#moveTo(now);
    return this.#times.length - this.#first;
  }

  /** Returns the milliseconds until the count is below `limit` (1 or more); 0 if it is below now. */
  untilBelow(limit: number, now: number): number {
    const excess = this.count(now) - limit;
    const leaving = excess < 0 ? undefined : this.#times[this.#first + excess];
    return leaving === undefined ? 0 : leaving + this.#length - now;
  }

  #moveTo(now: number): void {
    // Times in the future exist only after the clock was turned back. Those requests have not happened yet, so they no
    // longer count.
    if (now < (this.#times.at(-1) ?? now)) this.#first = this.#times.length;
    while (this.#first < this.#times.length && (this.#times[this.#first] ?? now) <= now - this.#length)
      this.#first += 1;
    // Copying only after half of the times expired keeps the cost of each time constant, however many there are.
    if (this.#first <= this.#times.length / 2) return;
    this.#times = this.#times.slice(this.#first);
    this.#first = 0;
  }
}
