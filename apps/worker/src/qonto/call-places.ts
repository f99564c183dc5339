import { type ByPriority, KEPT_FROM_UPKEEP, PRIORITIES, type Priority } from "./priority.ts";

/** The places that no other priority can take, and the common ones. */
interface Places {
  readonly own: Readonly<ByPriority>;
  readonly common: number;
}

/**
 * Until Qonto has accepted the present token: if it rejects the token, each call under way is answered with 401, and
 * Qonto allows few of these answers.
 */
const UNPROVEN: Places = { own: { event: 1, server: 1, shopper: 1, upkeep: 1 }, common: 1 };

const PROVEN_OWN: Readonly<ByPriority> = { event: 3, server: 3, shopper: 3, upkeep: 2 };

/** The most calls under way. All of them are answered with 401 if the consent ends. */
const COMMON = { least: 4, most: 40 } as const;

/** Qonto's documented limit of 1,000 calls in 10 seconds, per millisecond. */
const CALLS_PER_MS = 0.1;

/** The weight of one answer in the mean latency. */
const WEIGHT = 1 / 8;

/** What decides how many calls may be under way. */
export interface Trust {
  /** Whether Qonto has accepted the present token. */
  readonly isProven: boolean;
  /** How many answers of 401 the hour leaves to this merchant. */
  readonly rejectionsLeft: number;
}

/**
 * Limits how many calls of one merchant are under way: as many as Qonto's latency requires for its documented rate. Each
 * priority has places of its own, so that none waits for the calls of another.
 */
export class CallPlaces {
  readonly #underWay: ByPriority = { event: 0, server: 0, shopper: 0, upkeep: 0 };
  #total = 0;
  /** Milliseconds; null before the first answer. */
  #meanLatency: number | null = null;

  /** Whether another call of this priority may start. */
  isFree(priority: Priority, { isProven, rejectionsLeft }: Trust): boolean {
    // Any call may be answered with 401. The last of these answers are reserved for priorities without a call.
    const idleOthers = PRIORITIES.filter((other) => other !== priority && this.#underWay[other] === 0).length;
    if (this.#total > 0 && this.#total >= rejectionsLeft - idleOthers) return false;
    const { own, common } = isProven ? { own: PROVEN_OWN, common: this.#neededCommon() } : UNPROVEN;
    if (this.#underWay[priority] < own[priority]) return true;
    const used = PRIORITIES.reduce((sum, one) => sum + Math.max(0, this.#underWay[one] - own[one]), 0);
    return used < (priority === "upkeep" ? Math.floor(common * (1 - KEPT_FROM_UPKEEP)) : common);
  }

  enter(priority: Priority): void {
    this.#underWay[priority] += 1;
    this.#total += 1;
  }

  leave(priority: Priority): void {
    this.#underWay[priority] -= 1;
    this.#total -= 1;
  }

  /** Records how long Qonto took to answer a call, in milliseconds. */
  answeredAfter(latency: number): void {
    this.#meanLatency =
      this.#meanLatency === null ? latency : this.#meanLatency + (latency - this.#meanLatency) * WEIGHT;
  }

  /** Calls under way = rate x latency (Little's law). */
  #neededCommon(): number {
    const needed = Math.ceil(CALLS_PER_MS * (this.#meanLatency ?? 0));
    return Math.min(Math.max(needed, COMMON.least), COMMON.most);
  }
}
