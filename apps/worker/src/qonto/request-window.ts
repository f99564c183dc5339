/** Fine enough to waste little of the limit, coarse enough to count 10,000 requests in a handful of numbers. */
const SLICES = 20;

/** Counts the requests in a sliding window, never too low: a slice of time counts until all of it is over. */
export class RequestWindow {
  readonly #sliceMs: number;
  /** The number of requests in each slice of time, oldest first. */
  readonly #slices = new Map<number, number>();

  /** @param windowMs length of the window. */
  constructor(windowMs: number) {
    this.#sliceMs = windowMs / SLICES;
  }

  /** @param now milliseconds of the epoch. */
  add(now: number): void {
    const slice = Math.floor(now / this.#sliceMs);
    this.#slices.set(slice, (this.#slices.get(slice) ?? 0) + 1);
  }

  /** Returns the milliseconds until there are fewer than `limit` requests; 0 if there are already. */
  waitFor(limit: number, now: number): number {
    const current = Math.floor(now / this.#sliceMs);
    for (const slice of this.#slices.keys()) if (slice < current - SLICES) this.#slices.delete(slice);
    let count = 0;
    for (const requests of this.#slices.values()) count += requests;
    if (count < limit) return 0;
    for (const [slice, requests] of this.#slices) {
      count -= requests;
      if (count < limit) return (slice + SLICES + 1) * this.#sliceMs - now;
    }
    return 0;
  }
}
