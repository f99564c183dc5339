/** How many times something happened within the last `length` milliseconds. Times are milliseconds since 1970. */
export class SlidingWindow {
  readonly #length: number;
  /** Oldest first; those before `#first` are over. */
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

  /** Milliseconds until fewer than `limit` (1 or more) are left; 0 when that is so now. */
  untilBelow(limit: number, now: number): number {
    const excess = this.count(now) - limit;
    const leaving = excess < 0 ? undefined : this.#times[this.#first + excess];
    return leaving === undefined ? 0 : leaving + this.#length - now;
  }

  #moveTo(now: number): void {
    // Only a clock that was turned back leaves times that lie ahead. What they were counted for has not happened yet.
    if (now < (this.#times.at(-1) ?? now)) this.#first = this.#times.length;
    while (this.#first < this.#times.length && (this.#times[this.#first] ?? now) <= now - this.#length)
      this.#first += 1;
    // Moving the rest is paid for by as many that left, so that each time costs the same however many there are.
    if (this.#first <= this.#times.length / 2) return;
    this.#times = this.#times.slice(this.#first);
    this.#first = 0;
  }
}
