import { backoff } from "@qonto-pay/web/backoff";
import { QontoError } from "./qonto-error.ts";
import { RequestWindow } from "./request-window.ts";

/** The priority of a call: a shopper waits for it, or not. */
export type Priority = "pay" | "other";

/**
 * Qonto's documented limits are 1,000 requests in 10 seconds and 10,000 in 10 minutes. The last part of each is
 * reserved for shoppers; a small rest is never used, because Qonto counts a request shortly after it is sent.
 */
const LIMITS = [
  { windowMs: 10_000, most: { pay: 950, other: 600 } },
  { windowMs: 600_000, most: { pay: 9_500, other: 6_000 } },
] as const;

/** If a consent ends, all calls in flight are answered with 401, so there are never many of them. */
const MOST_AT_ONCE = { pay: 4, other: 2 } as const;

/** Milliseconds. A call that can't start within this time is rejected, so that its caller can answer. */
const LONGEST_WAIT_MS = 5_000;

/** In milliseconds. Used if Qonto doesn't state how long to wait: doubled with each 429 in a row. */
const PAUSE = { shortest: 1_000, longest: 60_000 } as const;

/** Delays or rejects one merchant's calls so that they never exceed Qonto's limits. */
export class RateLimiter {
  readonly #windows = LIMITS.map(({ windowMs, most }) => ({ window: new RequestWindow(windowMs), most }));
  readonly #waiting: Record<Priority, (() => void)[]> = { pay: [], other: [] };
  readonly #underWay: Record<Priority, number> = { pay: 0, other: 0 };
  #closedUntil = 0;
  #limitedInARow = 0;

  /**
   * Makes a call in its turn.
   *
   * @param call returns null if nothing needs to be sent.
   * @throws QontoError of the call; `rate_limited` if the limits, or Qonto's last 429, leave no room soon enough;
   *   `unavailable` if the calls before it take too long.
   */
  async run<Answer>(priority: Priority, call: () => Promise<Answer>): Promise<Answer> {
    await this.#enter(priority);
    try {
      const answer = await call();
      this.#limitedInARow = 0;
      return answer;
    } catch (fault) {
      if (fault instanceof QontoError && fault.kind === "rate_limited") this.#close(fault.retryAfter);
      throw fault;
    } finally {
      this.#underWay[priority] -= 1;
      // All waiting calls check again, because the next one depends on more than its position.
      for (const wake of [...this.#waiting.pay.splice(0), ...this.#waiting.other.splice(0)]) wake();
    }
  }

  /** Takes a slot. Every condition is checked again after each wait, because other calls wait as well. */
  async #enter(priority: Priority): Promise<void> {
    const deadline = Date.now() + LONGEST_WAIT_MS;
    for (;;) {
      if (!this.#hasPlace(priority)) {
        await this.#untilACallEnds(priority, deadline);
        continue;
      }
      const now = Date.now();
      const wait = this.#waitForRate(priority, now);
      if (wait === 0) {
        this.#underWay[priority] += 1;
        for (const { window } of this.#windows) window.add(now);
        return;
      }
      if (now + wait > deadline) {
        const retryAfter = Math.ceil(wait / 1000);
        throw new QontoError("rate_limited", "Qonto's limits leave no room for a call now", { retryAfter });
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  #hasPlace(priority: Priority): boolean {
    const { pay, other } = this.#underWay;
    if (priority === "other" && other >= MOST_AT_ONCE.other) return false;
    return pay + other < MOST_AT_ONCE.pay;
  }

  #untilACallEnds(priority: Priority, deadline: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(
        () => {
          this.#waiting[priority] = this.#waiting[priority].filter((other) => other !== wake);
          reject(new QontoError("unavailable", "Qonto takes too long to answer the calls before this one"));
        },
        Math.max(0, deadline - Date.now()),
      );
      this.#waiting[priority].push(wake);
    });
  }

  /** Returns the milliseconds until a call of this priority is within every limit. */
  #waitForRate(priority: Priority, now: number): number {
    const waits = this.#windows.map(({ window, most }) => window.waitFor(most[priority], now));
    return Math.max(0, this.#closedUntil - now, ...waits);
  }

  #close(retryAfter: number | undefined): void {
    const guess = backoff(this.#limitedInARow, PAUSE);
    this.#limitedInARow += 1;
    this.#closedUntil = Math.max(
      this.#closedUntil,
      Date.now() + (retryAfter === undefined ? guess : retryAfter * 1000),
    );
  }
}
