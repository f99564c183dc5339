import { backoff } from "@qonto-pay/web/backoff";

/** The pause if Qonto doesn't state how long to wait, in milliseconds. Each consecutive 429 doubles it. */
const PAUSE = { shortest: 1_000, longest: 60_000 } as const;

/** The rate of all merchants together after a pause, in calls per millisecond. It doubles each second. */
const FIRST_RATE = 0.01;
const DOUBLES_AFTER_MS = 1_000;

/** Qonto's documented limit. At this rate, only the merchants' own limits apply again. */
const FULL_RATE = 0.1;

/** A merchant that has had no call to send for this long gets no share of the rate. */
const ACTIVE_MS = 2_000;

/** The time after a pause during which merchants keep to the shared rate. */
const SHARED_FOR_MS = DOUBLES_AFTER_MS * Math.log2(FULL_RATE / FIRST_RATE);

/** A merchant that shares the rate with others. */
export interface Sharer {
  /** When the merchant last had a call to send, by `performance.now()`. */
  wantedAt: number;
  /** When the merchant last sent a call, by `performance.now()`. */
  sentAt: number;
}

/**
 * Slows all merchants of an isolate after an answer of 429. Qonto counts calls by address (documented; field notes of
 * 2026-11-29, 11.1), and the merchants of an isolate share their addresses, so that a call of any of them would get the
 * same answer. After the pause, each merchant with calls to send gets an equal share of a growing rate.
 *
 * Holds only numbers, no promises: a Durable Object can't continue the work of another one.
 */
export class AddressPace {
  /** Milliseconds since the epoch. 0: there was no 429, or its effect is over. */
  #closedUntil = 0;
  /** When the pause was last set. Milliseconds since the epoch. */
  #closedAt = 0;
  /** `performance.now()` at the last 429 that began a pause. */
  #limitedAt = 0;
  #limitedInARow = 0;
  readonly #sharers = new Set<Sharer>();

  /** Whether a 429 delays the calls of all merchants. */
  get isSlow(): boolean {
    const now = Date.now();
    // A clock that was set back would extend the pause.
    if (now >= this.#closedUntil + SHARED_FOR_MS || now < this.#closedAt) this.reopen();
    return this.#closedUntil !== 0;
  }

  /** Returns the milliseconds until this merchant may send a call. Call before each call of a merchant. */
  waitFor(sharer: Sharer): number {
    if (this.#closedUntil === 0 || !this.isSlow) return 0;
    this.#sharers.add(sharer);
    const openFor = Date.now() - this.#closedUntil;
    sharer.wantedAt = performance.now();
    return openFor < 0 ? -openFor : this.#untilTurn(sharer, openFor);
  }

  /** Records an answer of 429 to a call that was sent at this time. @param retryAfter seconds, if Qonto states it. */
  limited(retryAfter: number | undefined, sentAt: number): void {
    const { isSlow } = this;
    if (!isSlow || sentAt > this.#limitedAt) {
      this.#limitedInARow = isSlow ? this.#limitedInARow + 1 : 0;
      this.#limitedAt = performance.now();
    } else if (retryAfter === undefined) return;
    const pause = retryAfter === undefined ? backoff(this.#limitedInARow, PAUSE) : retryAfter * 1000;
    this.#closedAt = Date.now();
    this.#closedUntil = Math.max(this.#closedUntil, this.#closedAt + pause);
  }

  /** Ends the effects of every 429. */
  reopen(): void {
    this.#closedUntil = 0;
    this.#sharers.clear();
  }

  /** @param openFor the milliseconds since the pause. */
  #untilTurn(sharer: Sharer, openFor: number): number {
    const elapsed = performance.now();
    for (const one of this.#sharers) if (elapsed - one.wantedAt > ACTIVE_MS) this.#sharers.delete(one);
    const interval = this.#sharers.size / (FIRST_RATE * 2 ** (openFor / DOUBLES_AFTER_MS));
    // The first calls after a pause don't leave at the same moment.
    const isFirst = sharer.sentAt < this.#limitedAt || sharer.sentAt > elapsed;
    if (isFirst) sharer.sentAt = Math.max(this.#limitedAt, elapsed - Math.random() * interval);
    const wait = Math.min(sharer.sentAt + interval - elapsed, SHARED_FOR_MS - openFor);
    return Math.max(0, Math.ceil(wait));
  }
}

/** The pace of this isolate. */
export const addressPace = new AddressPace();
