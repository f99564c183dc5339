/** `Date` names whole seconds (RFC 9110, 5.6.7): on average, half of one has passed since. */
const HALF_A_SECOND_MS = 500;

interface Reading {
  readonly skewMs: number;
  /** Milliseconds of the epoch. */
  readonly readAt: number;
}

/** Qonto's clock as its answers tell it, against this one. */
export class QontoClock {
  #last: Reading | null = null;

  /** Reads the `Date` of an answer. Qonto wrote it at some time between `sentAt` and now. */
  read(answer: Response, sentAt: number): void {
    const time = Date.parse(answer.headers.get("Date") ?? "");
    if (Number.isNaN(time)) return;
    const now = Date.now();
    this.#last = { skewMs: Math.round(time + HALF_A_SECOND_MS - (sentAt + now) / 2), readAt: now };
  }

  /** How far it is ahead, in milliseconds; null where no answer has told since this time. */
  skewSince(time: number): number | null {
    return this.#last !== null && this.#last.readAt >= time ? this.#last.skewMs : null;
  }
}
