import { randomUUID } from "node:crypto";
import type { Store } from "./store.ts";

/** The sandbox's time: the real time plus the offset set with `POST /_sandbox/clock`. Milliseconds since 1970. */
export class Clock {
  readonly #store: Store;
  #lastIdAt = -1;
  /** How many ids the same millisecond had before. */
  #sequence = 0;
  /** Returns the real time, without the offset. */
  readonly real: () => number;

  constructor(store: Store, real: () => number) {
    this.#store = store;
    this.real = real;
  }

  now(): number {
    return this.real() + this.#store.state.clock_offset_ms;
  }

  /** Returns the sandbox's time `ms` from now, as ISO 8601 in UTC. */
  iso(ms = 0): string {
    return new Date(this.now() + ms).toISOString();
  }

  /**
   * Returns a new UUIDv7 (RFC 9562) of the sandbox's time. Qonto's live ids have this format. Ids of the same
   * millisecond sort by creation.
   */
  newId(): string {
    const now = Math.max(0, Math.floor(this.now()));
    this.#sequence = now === this.#lastIdAt ? this.#sequence + 1 : 0;
    this.#lastIdAt = now;
    const time = now.toString(16).padStart(12, "0");
    const sequence = (this.#sequence % 4096).toString(16).padStart(3, "0");
    const random = randomUUID().slice(19);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${random}`;
  }

  isPast(time: string): boolean {
    return Date.parse(time) <= this.now();
  }

  set(ms: number): void {
    this.#store.state.clock_offset_ms = ms - this.real();
    this.#store.changed();
  }
}
