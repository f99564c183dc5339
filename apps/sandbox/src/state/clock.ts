import type { Store } from "./store.ts";

/** The sandbox's time: the real one, moved by whatever `POST /_sandbox/clock` asked for. Milliseconds since 1970. */
export class Clock {
  readonly #store: Store;
  /** The time that the rest of the world has. */
  readonly real: () => number;

  constructor(store: Store, real: () => number) {
    this.#store = store;
    this.real = real;
  }

  now(): number {
    return this.real() + this.#store.state.clock_offset_ms;
  }

  /** The sandbox's time `ms` from now, as ISO 8601 in UTC. */
  iso(ms = 0): string {
    return new Date(this.now() + ms).toISOString();
  }

  isPast(time: string): boolean {
    return Date.parse(time) <= this.now();
  }

  set(ms: number): void {
    this.#store.state.clock_offset_ms = ms - this.real();
    this.#store.changed();
  }
}
