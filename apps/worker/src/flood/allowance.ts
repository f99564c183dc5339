const MINUTE_S = 60;

/** The rates in checkouts a second: the lowest if no checkout of the merchant is paid, the highest if many are. */
const LEAST = 0.2;
const MOST = 5;

/** The paid share from which a merchant has the highest rate. */
const GOOD_SHARE = 0.5;

const LEAST_BURST = 30;

/** How often the paid share is read while checkouts are opened quickly. */
const READ_AGAIN_AFTER_MS = 10_000;

/**
 * The checkouts that pages may open without a challenge: a token bucket, whose rate follows the paid share of the
 * merchant's own checkouts. Kept in memory, so that a click in quiet times costs no statement.
 */
export class Allowance {
  readonly #readPaidShare: () => number;
  #share: number | null = null;
  #perSecond = LEAST;
  #tokens = LEAST_BURST;
  #refilledAt = 0;
  #readAt = 0;

  /** @param readPaidShare returns a number from 0 to 1. */
  constructor(readPaidShare: () => number) {
    this.#readPaidShare = readPaidShare;
  }

  /** Checkouts a minute, after the burst. */
  get perMinute(): number {
    return Math.round(this.#perSecond * MINUTE_S);
  }

  /** Null: it was not read yet, since few checkouts were opened. */
  get paidShare(): number | null {
    return this.#share;
  }

  /** Returns whether another checkout is within the rate. @param now milliseconds since the epoch. */
  take(now: number): boolean {
    this.#refill(now);
    const isUsed = this.#tokens < this.#burst / 2;
    if (isUsed && Math.abs(now - this.#readAt) >= READ_AGAIN_AFTER_MS) this.#adapt(now);
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  get #burst(): number {
    return Math.max(LEAST_BURST, this.#perSecond * MINUTE_S);
  }

  #refill(now: number): void {
    const seconds = Math.max(0, now - this.#refilledAt) / 1000;
    this.#tokens = Math.min(this.#burst, this.#tokens + seconds * this.#perSecond);
    this.#refilledAt = now;
  }

  #adapt(now: number): void {
    this.#readAt = now;
    const before = this.#burst;
    this.#share = this.#readPaidShare();
    this.#perSecond = LEAST + (MOST - LEAST) * Math.min(1, this.#share / GOOD_SHARE);
    this.#tokens = Math.max(0, this.#tokens + this.#burst - before);
  }
}
