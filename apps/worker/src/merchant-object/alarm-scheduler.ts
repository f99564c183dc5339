import { RENEWAL_OVER_AFTER_MS } from "../connection/authorization-state.ts";
import { logDefect } from "../context/log.ts";
import type { DueTable, TrackedTables } from "../storage/sql.ts";

/** Prevents a loop of alarms if a job is still due after an alarm. */
const SHORTEST_PAUSE_MS = 1_000;
const PAUSE_AFTER_DEFECT_MS = 30_000;

/** An alarm within this time is early enough to recover a call whose object died, except a token refresh. */
const NEAR_MS = 60_000;

/** An alarm that is late by this much counts as lost. */
const LOST_AFTER_MS = 60_000;

/** Earlier than any stored time. */
const BEGINNING = -1;

/** Which jobs count for the next due time; all of them if not given. */
export interface DueJobs {
  /** Only jobs with due times in these tables. */
  readonly written?: ReadonlySet<DueTable>;
  /** All jobs but these. */
  readonly failed?: readonly string[];
}

/** Returns the time at which the next job after a time is due, in milliseconds since the epoch; null if none is. */
type NextDueAt = (after: number, jobs: DueJobs) => number | null;

/**
 * Schedules the one alarm of a merchant object. Due times are rows. The alarm is set from them when an object starts,
 * before a request leaves it, and after each call and each alarm. Setting it does not await, so a row and its alarm are
 * stored together, and the runtime holds back outgoing messages until both are durable.
 */
export class AlarmScheduler {
  readonly #storage: Pick<DurableObjectStorage, "getAlarm" | "setAlarm">;
  readonly #tables: TrackedTables;
  readonly #nextDueAt: NextDueAt;
  /**
   * The time of the alarm; null: none is set, or it is running. Read from storage once, since only this class sets it.
   */
  #scheduledAt: number | null = null;
  /**
   * When the running alarm began. It covers all jobs that were due by then: if the object dies, the alarm runs again.
   */
  #runningSince = BEGINNING;
  /** The due time that a call set while the alarm was running, in milliseconds since the epoch. */
  #calledAt: number | null = null;
  #start: Promise<void> | null = null;

  constructor(
    storage: Pick<DurableObjectStorage, "getAlarm" | "setAlarm">,
    tables: TrackedTables,
    nextDueAt: NextDueAt,
  ) {
    this.#storage = storage;
    this.#tables = tables;
    this.#nextDueAt = nextDueAt;
  }

  /** To be called before each call. The first one schedules the jobs that an earlier object left without an alarm. */
  start(): Promise<void> {
    this.#start ??= this.#readAlarm().catch((error: unknown) => {
      this.#start = null;
      throw error;
    });
    return this.#start;
  }

  async #readAlarm(): Promise<void> {
    this.#scheduledAt = await this.#storage.getAlarm();
    this.#bringForward(this.#next(BEGINNING));
  }

  /**
   * To be called after each call. Considers only tables that were written, so a call without writes schedules nothing.
   */
  schedule(): void {
    const next = this.#nextWritten();
    if (this.#runningSince !== BEGINNING && next !== null) this.#calledAt = Math.min(next, this.#calledAt ?? next);
    this.#bringForward(next);
  }

  /**
   * Call before the object waits for an answer from outside, since the object may die meanwhile. A running alarm needs
   * no call: the runtime retries it.
   */
  scheduleBeforeRequest(): void {
    if (this.#runningSince !== BEGINNING) return;
    const isNear = this.#scheduledAt !== null && this.#scheduledAt <= Date.now() + NEAR_MS;
    // Settings hold when a token refresh is over: Qonto accepts a used refresh token for a minute only.
    if (!isNear || this.#tables.isWritten("settings")) this.#bringForward(this.#nextWritten());
  }

  /** The alarm itself. @param runJobs returns the names of the jobs that ended in a defect. */
  async run(runJobs: () => Promise<readonly string[]>): Promise<void> {
    // While the alarm runs, no time can be read from storage, and its end considers all jobs.
    this.#start ??= Promise.resolve();
    this.#scheduledAt = null;
    this.#runningSince = Date.now();
    const failed = await runJobs();
    this.#runningSince = BEGINNING;
    this.#tables.takeWritten();
    const now = Date.now();
    const next = this.#next(BEGINNING, { failed });
    const times = [
      ...(next === null ? [] : [Math.max(next, now + SHORTEST_PAUSE_MS)]),
      // Always, because the failed job may have stored no due time.
      ...(failed.length === 0 ? [] : [now + PAUSE_AFTER_DEFECT_MS]),
      ...(this.#calledAt === null ? [] : [this.#calledAt]),
    ];
    this.#calledAt = null;
    if (times.length > 0) this.#set(Math.min(...times));
  }

  /**
   * Returns the time at which the next job is due, by the tables written since the last call, in milliseconds since the
   * epoch.
   */
  #nextWritten(): number | null {
    const written = this.#tables.takeWritten();
    return written.size === 0 ? null : this.#next(this.#runningSince, this.#isLost() ? {} : { written });
  }

  #next(after: number, jobs: DueJobs = {}): number | null {
    try {
      return this.#nextDueAt(after, jobs);
    } catch (defect) {
      logDefect("schedule the alarm", defect);
      return Date.now() + PAUSE_AFTER_DEFECT_MS;
    }
  }

  #isLost(): boolean {
    return this.#scheduledAt !== null && this.#scheduledAt < Date.now() - LOST_AFTER_MS;
  }

  #bringForward(time: number | null): void {
    if (time === null) return;
    if (this.#scheduledAt !== null && this.#scheduledAt <= time && !this.#isLost()) return;
    // A time that is set while the alarm runs replaces the retry that the runtime makes if the object dies: it must not
    // come later than that.
    this.#set(this.#runningSince === BEGINNING ? time : Math.min(time, Date.now() + RENEWAL_OVER_AFTER_MS));
  }

  #set(time: number): void {
    const scheduledAt = Math.max(time, Date.now());
    if (scheduledAt === this.#scheduledAt) return;
    this.#scheduledAt = scheduledAt;
    void this.#storage.setAlarm(scheduledAt);
  }
}
