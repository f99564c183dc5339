import type { IncomingAnswer } from "./outgoing-request.ts";

/** `Date` has whole seconds (RFC 9110, 5.6.7): on average, half a second has passed since. */
const HALF_A_SECOND_MS = 500;

interface Reading {
  readonly skewMs: number;
  /** Milliseconds since the epoch. */
  readonly readAt: number;
}

/** Measures how far Qonto's clock is ahead of this one, from the `Date` of Qonto's answers. */
export class QontoClock {
  #last: Reading | null = null;

  /** Reads the `Date` of an answer. Qonto wrote it at some time between `sentAt` and now. */
  read({ date }: IncomingAnswer, sentAt: number): void {
    const time = Date.parse(date ?? "");
    if (Number.isNaN(time)) return;
    const now = Date.now();
    this.#last = { skewMs: Math.round(time + HALF_A_SECOND_MS - (sentAt + now) / 2), readAt: now };
  }

  /** Returns the skew in milliseconds, positive if Qonto is ahead; null if no answer had a `Date` since this time. */
  skewSince(time: number): number | null {
    return this.#last !== null && this.#last.readAt >= time ? this.#last.skewMs : null;
  }
}
