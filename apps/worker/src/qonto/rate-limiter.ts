import { addressPace, type Sharer } from "./address-pace.ts";
import { type Allowance, type BudgetSize, CallBudget, fullAllowance } from "./call-budget.ts";
import { CallPlaces } from "./call-places.ts";
import type { IncomingAnswer } from "./outgoing-request.ts";
import { PRIORITIES, type Priority } from "./priority.ts";
import { QontoError } from "./qonto-error.ts";

/**
 * Qonto's documented limits are 1,000 requests in 10 seconds and 10,000 in 10 minutes. A twentieth of each is never
 * used, because Qonto counts a request shortly after it is sent, and because a restart forgets some calls.
 */
const PER_10_SECONDS: BudgetSize = { burst: 100, perMs: 0.085 };
const PER_10_MINUTES: BudgetSize = { burst: 5_000, perMs: 0.0075 };

/**
 * More than 200 answers of 401 within an hour throttle an address (documented; field notes of 2026-11-29, 11.1), which
 * many merchants share. After this many within an hour, a merchant makes one call at a time.
 */
const MOST_REJECTIONS = 60;
const HOUR_MS = 3_600_000;

/** Milliseconds. A call that can't start within this time is rejected, so that its caller can answer. */
const LONGEST_WAIT_MS = 5_000;

/** The number of calls between two writes of the budget. A restart forgets fewer than these. */
const CALLS_PER_WRITE = 50;

/** The part of the limits that survives a restart. Times are milliseconds since the epoch. */
export interface LimitRecord {
  /** The calls that the budget for 10 minutes allowed at the time `at`. */
  readonly left: Allowance;
  readonly at: number;
  /** The answers of 401 within the last hour. */
  readonly rejectedAt: readonly number[];
}

/** The merchant whose calls are limited. */
export interface LimiterHost {
  /** Whether Qonto has accepted the present token. */
  isProven(): boolean;
  read(): LimitRecord | null;
  write(record: LimitRecord): void;
}

/** A call that waits for its turn. */
interface Waiting {
  /** Milliseconds of `performance.now()`, like all times that are not stored. */
  readonly deadline: number;
  readonly isObsolete: () => boolean;
  /** Called when the call has its place, or is obsolete. */
  readonly proceed: (hasPlace: boolean) => void;
  readonly reject: (fault: QontoError) => void;
}

/**
 * Delays or rejects one merchant's calls so that they never exceed Qonto's limits. In workerd, `performance.now()` is
 * `Date.now()`: it stands still while code runs synchronously, and a clock that is set moves both.
 */
export class RateLimiter {
  readonly #host: LimiterHost;
  readonly #places = new CallPlaces();
  /** Begins without common calls, because calls before a restart may have used them. */
  readonly #perSeconds = new CallBudget(
    PER_10_SECONDS,
    { ...fullAllowance(PER_10_SECONDS), common: 0 },
    performance.now(),
  );
  #perMinutes: CallBudget | null = null;
  #rejectedAt: readonly number[] = [];
  #unsaved = 0;
  readonly #queues: Record<Priority, Waiting[]> = { event: [], server: [], shopper: [], upkeep: [] };
  #waiting = 0;
  /** The order in which priorities take the common calls and places. */
  #turns: readonly Priority[] = PRIORITIES;
  #timer: number | null = null;
  readonly #sharer: Sharer = { wantedAt: 0, sentAt: 0 };

  constructor(host: LimiterHost) {
    this.#host = host;
  }

  /**
   * Makes a call in its turn.
   *
   * @param isObsolete whether the call is no longer needed.
   * @returns null if it became obsolete while it waited.
   * @throws QontoError of the call; one with `isUnsent` if it can't start in time: `rate_limited` if the limits, or
   *   Qonto's last 429, leave no room; `unavailable` if the calls before it take too long.
   */
  async run(
    priority: Priority,
    call: () => Promise<IncomingAnswer>,
    isObsolete: () => boolean = () => false,
  ): Promise<IncomingAnswer | null> {
    if (isObsolete()) return null;
    const hasPlace = this.#waiting === 0 && this.#start(priority);
    if (!hasPlace && !(await this.#turn(priority, isObsolete))) return null;
    const sentAt = performance.now();
    try {
      if (this.#unsaved >= CALLS_PER_WRITE) this.#save();
      if (isObsolete()) return null;
      const answer = await call();
      this.#places.answeredAfter(performance.now() - sentAt);
      if (answer.status === 401) this.#countRejection();
      return answer;
    } catch (fault) {
      if (fault instanceof QontoError && fault.kind === "rate_limited") addressPace.limited(fault.retryAfter, sentAt);
      throw fault;
    } finally {
      this.#places.leave(priority);
      this.#next();
    }
  }

  /** Takes a place, if one is free and the limits leave room. */
  #start(priority: Priority): boolean {
    if (!this.#hasPlace(priority) || this.#waitForLimits(priority) > 0) return false;
    this.#places.enter(priority);
    this.#perSeconds.use(priority);
    this.#minutes().use(priority);
    this.#sharer.sentAt = performance.now();
    this.#unsaved += 1;
    return true;
  }

  #hasPlace(priority: Priority): boolean {
    const rejectionsLeft = MOST_REJECTIONS - this.#rejections().length;
    return this.#places.isFree(priority, { isProven: this.#host.isProven(), rejectionsLeft });
  }

  /** Returns the milliseconds until a call of this priority is within every limit. */
  #waitForLimits(priority: Priority): number {
    return Math.max(
      addressPace.waitFor(this.#sharer),
      this.#perSeconds.waitFor(priority, performance.now()),
      this.#minutes().waitFor(priority, Date.now()),
    );
  }

  /** Waits for a place. @returns false if the call became obsolete. @throws QontoError */
  #turn(priority: Priority, isObsolete: () => boolean): Promise<boolean> {
    const wait = this.#waitForLimits(priority);
    if (wait > LONGEST_WAIT_MS) throw noRoom(wait);
    const queue = this.#queues[priority];
    const budgets = [this.#perSeconds, this.#minutes()];
    const mostInTime = Math.min(...budgets.map((budget) => budget.mostWithin(LONGEST_WAIT_MS, priority)));
    if (queue.length >= mostInTime) throw noRoom(LONGEST_WAIT_MS);
    return new Promise((proceed, reject) => {
      queue.push({ deadline: performance.now() + LONGEST_WAIT_MS, isObsolete, proceed, reject });
      this.#waiting += 1;
      this.#next();
    });
  }

  /** Starts every waiting call that may start now: one of each priority in turn. */
  #next(): void {
    if (this.#waiting === 0) return;
    const mayStart = (priority: Priority): boolean => this.#hasHead(priority) && this.#start(priority);
    for (let started = this.#turns.find(mayStart); started !== undefined; started = this.#turns.find(mayStart)) {
      this.#shift(started)?.proceed(true);
      this.#turns = [...this.#turns.filter((priority) => priority !== started), started];
    }
    this.#schedule();
  }

  /** Whether a call waits. Removes calls that are obsolete, and rejects those that have waited too long. */
  #hasHead(priority: Priority): boolean {
    const now = performance.now();
    for (let head = this.#queues[priority][0]; head !== undefined; head = this.#queues[priority][0]) {
      const isObsolete = head.isObsolete();
      if (!isObsolete && head.deadline > now) return true;
      this.#shift(priority);
      if (isObsolete) head.proceed(false);
      else head.reject(this.#hasPlace(priority) ? noRoom(this.#waitForLimits(priority)) : tooSlow());
    }
    return false;
  }

  #shift(priority: Priority): Waiting | undefined {
    this.#waiting -= 1;
    return this.#queues[priority].shift();
  }

  /** Schedules the next check of the waiting calls. They are also checked when a call ends. */
  #schedule(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#waiting === 0) return;
    const now = performance.now();
    const waits = PRIORITIES.flatMap((priority) => {
      const [head] = this.#queues[priority];
      if (head === undefined) return [];
      const untilDeadline = head.deadline - now;
      return this.#hasPlace(priority) ? Math.min(untilDeadline, this.#waitForLimits(priority)) : untilDeadline;
    });
    const wake = (): void => {
      this.#timer = null;
      this.#next();
    };
    this.#timer = setTimeout(wake, Math.max(1, Math.min(...waits)));
  }

  #countRejection(): void {
    this.#rejectedAt = [...this.#rejections(), Date.now()];
    this.#save();
  }

  /** Returns the answers of 401 within the last hour. */
  #rejections(): readonly number[] {
    this.#minutes();
    if (this.#rejectedAt.length === 0) return this.#rejectedAt;
    const now = Date.now();
    return this.#rejectedAt.filter((time) => time > now - HOUR_MS && time <= now);
  }

  /** The budget, continued from before the restart. */
  #minutes(): CallBudget {
    if (this.#perMinutes !== null) return this.#perMinutes;
    const { left, at, rejectedAt } = this.#host.read() ?? {
      left: fullAllowance(PER_10_MINUTES),
      at: Date.now(),
      rejectedAt: [],
    };
    this.#rejectedAt = rejectedAt;
    this.#perMinutes = new CallBudget(PER_10_MINUTES, left, at);
    return this.#perMinutes;
  }

  #save(): void {
    this.#unsaved = 0;
    this.#host.write({ left: this.#minutes().left(), at: Date.now(), rejectedAt: this.#rejections() });
  }
}

function noRoom(wait: number): QontoError {
  const retryAfter = Math.max(1, Math.ceil(wait / 1000));
  const message = addressPace.isSlow
    ? "Qonto answered 429 to a merchant of this Worker instance, which slows all of them"
    : "Qonto's limits leave no room for a call now";
  return new QontoError("rate_limited", message, { retryAfter, isUnsent: true });
}

function tooSlow(): QontoError {
  const message = "Qonto takes too long to answer the calls before this one";
  return new QontoError("unavailable", message, { retryAfter: 1, isUnsent: true });
}
