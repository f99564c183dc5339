import { type ByPriority, KEPT_FROM_UPKEEP, PRIORITIES, type Priority } from "./priority.ts";

/** The parts of a budget that belong to one priority, and the part that all can use. Their sum is 1. */
const OWN_SHARE: Readonly<ByPriority> = { event: 0.1, server: 0.1, shopper: 0.1, upkeep: 0.05 };
const COMMON_SHARE = 0.65;

/** Calls that a budget allows now. */
export interface Allowance {
  readonly own: Readonly<ByPriority>;
  readonly common: number;
}

/** At most `burst + perMs * T` calls within any time T. */
export interface BudgetSize {
  readonly burst: number;
  readonly perMs: number;
}

/**
 * A number of calls that refills steadily (a token bucket), so that a flood never uses up a limit for minutes. Each
 * priority has a share that no other can use. The unused part of a share becomes common. Times are milliseconds.
 */
export class CallBudget {
  readonly #size: BudgetSize;
  readonly #own: ByPriority;
  #common: number;
  #filledAt: number;

  /** @param left the calls that the budget allowed at the time `now`. */
  constructor(size: BudgetSize, left: Allowance, now: number) {
    this.#size = size;
    this.#own = { ...left.own };
    this.#common = left.common;
    this.#filledAt = now;
  }

  /** Whether a call of this priority is within the budget. */
  allows(priority: Priority, now: number): boolean {
    this.#fill(now);
    return this.#takesCommon(priority) || this.#own[priority] >= 1;
  }

  /** Uses one call, first from the common ones. Call only if the budget allows it. */
  use(priority: Priority): void {
    if (this.#takesCommon(priority)) this.#common -= 1;
    else this.#own[priority] -= 1;
  }

  /** Returns the milliseconds until a call of this priority is within the budget, if no other uses it up. */
  waitFor(priority: Priority, now: number): number {
    if (this.allows(priority, now)) return 0;
    const untilOwn = (1 - this.#own[priority]) / (this.#size.perMs * OWN_SHARE[priority]);
    const untilCommon = (this.#floor(priority) + 1 - this.#common) / (this.#size.perMs * COMMON_SHARE);
    return Math.ceil(Math.min(untilOwn, untilCommon));
  }

  /** Returns the most calls of this priority from the last look until then, if no other priority uses any. */
  mostWithin(milliseconds: number, priority: Priority): number {
    const common = Math.max(0, this.#common - this.#floor(priority));
    return this.#own[priority] + common + milliseconds * this.#size.perMs;
  }

  /** Returns the calls that are left, to be stored. */
  left(): Allowance {
    return { own: { ...this.#own }, common: this.#common };
  }

  #takesCommon(priority: Priority): boolean {
    return this.#common >= this.#floor(priority) + 1;
  }

  /** The common calls that this priority leaves to the others. */
  #floor(priority: Priority): number {
    return priority === "upkeep" ? this.#size.burst * COMMON_SHARE * KEPT_FROM_UPKEEP : 0;
  }

  #fill(now: number): void {
    // A clock that was set back adds nothing.
    const added = Math.max(0, now - this.#filledAt) * this.#size.perMs;
    this.#filledAt = now;
    if (added === 0) return;
    const most = fullAllowance(this.#size);
    let common = this.#common + added * COMMON_SHARE;
    for (const priority of PRIORITIES) {
      const own = this.#own[priority] + added * OWN_SHARE[priority];
      this.#own[priority] = Math.min(own, most.own[priority]);
      common += own - this.#own[priority];
    }
    this.#common = Math.min(common, most.common);
  }
}

/** Returns all calls of an unused budget. */
export function fullAllowance({ burst }: BudgetSize): Allowance {
  const { event, server, shopper, upkeep } = OWN_SHARE;
  return {
    own: { event: burst * event, server: burst * server, shopper: burst * shopper, upkeep: burst * upkeep },
    common: burst * COMMON_SHARE,
  };
}
