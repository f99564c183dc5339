import { SlidingWindow } from "./sliding-window.ts";

/** The rate limits of one IP address. Null means no limit. */
export interface RateLimitSettings {
  /** Requests within any 10 seconds. */
  readonly per_10_seconds: number | null;
  /** Requests within any 10 minutes. */
  readonly per_10_minutes: number | null;
  /** Answers of 401 within any hour. Above it, every answer is 429. */
  readonly unauthorized_per_hour: number | null;
  /** Whether a 429 has a `Retry-After` header. Qonto's documentation does not mention one. */
  readonly retry_after: boolean;
}

/** Source: Qonto's documentation of its API's limits. */
export const DOCUMENTED_LIMITS: RateLimitSettings = {
  per_10_seconds: 1000,
  per_10_minutes: 10_000,
  unauthorized_per_hour: 200,
  retry_after: false,
};

export const NO_LIMITS: RateLimitSettings = {
  per_10_seconds: null,
  per_10_minutes: null,
  unauthorized_per_hour: null,
  retry_after: false,
};

/** The recent requests of one IP address. */
interface Usage {
  readonly tenSeconds: SlidingWindow;
  readonly tenMinutes: SlidingWindow;
  readonly unauthorized: SlidingWindow;
}

/** Counts the requests of each IP address in sliding windows. A rejected request does not count. Kept in memory. */
export class RateLimits {
  settings: RateLimitSettings;
  readonly #initial: RateLimitSettings;
  readonly #usage = new Map<string, Usage>();

  constructor(initial: RateLimitSettings) {
    this.#initial = initial;
    this.settings = initial;
  }

  /**
   * Counts a request of `address` and returns 0, or returns how many milliseconds it came too early. `now` is the
   * sandbox's time.
   */
  take(address: string, now: number): number {
    const usage = this.#usageOf(address);
    const { per_10_seconds, per_10_minutes, unauthorized_per_hour } = this.settings;
    const early = Math.max(
      per_10_seconds === null ? 0 : usage.tenSeconds.untilBelow(per_10_seconds, now),
      per_10_minutes === null ? 0 : usage.tenMinutes.untilBelow(per_10_minutes, now),
      // "More than 200": the 201st answer of 401 is still sent.
      unauthorized_per_hour === null ? 0 : usage.unauthorized.untilBelow(unauthorized_per_hour + 1, now),
    );
    if (early > 0) return early;
    if (per_10_seconds !== null) usage.tenSeconds.add(now);
    if (per_10_minutes !== null) usage.tenMinutes.add(now);
    return 0;
  }

  /** Counts an answer of 401 to `address`. */
  countUnauthorized(address: string, now: number): void {
    if (this.settings.unauthorized_per_hour !== null) this.#usageOf(address).unauthorized.add(now);
  }

  /** Clears the counters and restores the initial settings. */
  reset(): void {
    this.settings = this.#initial;
    this.#usage.clear();
  }

  #usageOf(address: string): Usage {
    const known = this.#usage.get(address);
    if (known !== undefined) return known;
    const usage = {
      tenSeconds: new SlidingWindow(10_000),
      tenMinutes: new SlidingWindow(600_000),
      unauthorized: new SlidingWindow(3_600_000),
    };
    this.#usage.set(address, usage);
    return usage;
  }
}
