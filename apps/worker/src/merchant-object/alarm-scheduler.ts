import { RENEWAL_OVER_AFTER_MS } from "../connection/authorization-state.ts";
import { logDefect } from "../context/log.ts";
import type { DueTable, TrackedTables } from "../storage/sql.ts";

/** What is still due after an alarm must not become a loop. */
const SHORTEST_PAUSE_MS = 1_000;
const PAUSE_AFTER_DEFECT_MS = 30_000;

/** An alarm this near finds early enough what is left of a call whose object died, other than a token refresh. */
const NEAR_MS = 60_000;

/** An alarm that has not run by this long after its time was lost. */
const LOST_AFTER_MS = 60_000;

/** Before every time that is stored. */
const BEGINNING = -1;

/**
 * When the next job after a time is due, in milliseconds of the epoch; null: there is none.
 *
 * @param tables looks only at jobs with due times in these; undefined: at all.
 */
type NextDueAt = (after: number, tables?: ReadonlySet<DueTable>) => number | null;

/**
 * The one alarm of a merchant object. Due times are rows; the alarm follows them: after each call and each alarm, when an
 * object starts, and before a request leaves it. Nothing here waits, so a row and the alarm that it needs are stored
 * together, and the runtime holds back what is sent until both are.
 */
export class AlarmScheduler {
  readonly #storage: Pick<DurableObjectStorage, "getAlarm" | "setAlarm">;
  readonly #tables: TrackedTables;
  readonly #nextDueAt: NextDueAt;
  /** Null: there is none, or it is running. It is read once, since it is set here only. */
  #scheduledAt: number | null = null;
  /** When the alarm that is running began. What was due by then is its own: if the object dies, the alarm runs again. */
  #runningSince = BEGINNING;
  /** When a call that ended while the alarm was running has something due, in milliseconds of the epoch. */
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

  /** Before each call. The first one finds what an earlier object left without an alarm. */
  start(): Promise<void> {
    this.#start ??= this.#readAlarm();
    return this.#start;
  }

  async #readAlarm(): Promise<void> {
    this.#scheduledAt = await this.#storage.getAlarm();
    this.#bringForward(this.#next(BEGINNING));
  }

  /** After each call. Looks only at what was stored since, so a call that has stored nothing schedules nothing. */
  schedule(): void {
    const next = this.#nextWritten();
    if (this.#runningSince !== BEGINNING && next !== null) this.#calledAt = Math.min(next, this.#calledAt ?? next);
    this.#bringForward(next);
  }

  /** Before the object waits for an answer from outside, since it may die meanwhile. An alarm that runs is then retried. */
  scheduleBeforeRequest(): void {
    if (this.#runningSince !== BEGINNING) return;
    const isNear = this.#scheduledAt !== null && this.#scheduledAt <= Date.now() + NEAR_MS;
    // Settings hold when a token refresh is over: Qonto accepts a used refresh token for a minute only.
    if (!isNear || this.#tables.isWritten("settings")) this.#bringForward(this.#nextWritten());
  }

  /** The alarm itself. @param runJobs returns whether all of them ran without a defect. */
  async run(runJobs: () => Promise<boolean>): Promise<void> {
    // While it runs there is none to read, and its end looks at all that is due.
    this.#start ??= Promise.resolve();
    this.#scheduledAt = null;
    this.#runningSince = Date.now();
    const isDone = await runJobs();
    this.#runningSince = BEGINNING;
    this.#tables.takeWritten();
    const now = Date.now();
    const next = this.#next(BEGINNING);
    const calledAt = this.#calledAt;
    this.#calledAt = null;
    // After a defect the alarm runs again in any case, since what has thrown may have stored no due time.
    if (!isDone) this.#set(now + PAUSE_AFTER_DEFECT_MS);
    else if (next !== null) this.#set(Math.min(Math.max(next, now + SHORTEST_PAUSE_MS), calledAt ?? Infinity));
  }

  /** When the next job is due by what was stored since the last look, in milliseconds of the epoch. */
  #nextWritten(): number | null {
    const written = this.#tables.takeWritten();
    return written.size === 0 ? null : this.#next(this.#runningSince, this.#isLost() ? undefined : written);
  }

  #next(after: number, tables?: ReadonlySet<DueTable>): number | null {
    try {
      return this.#nextDueAt(after, tables);
    } catch (defect) {
      logDefect("scheduling the alarm", defect);
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
