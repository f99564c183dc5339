import { backoff } from "@qonto-pay/web/backoff";
import { QontoError } from "./qonto-error.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * More than 200 answers of 401 within an hour throttle a whole address (documented; field notes of 2026-11-29, 11.1),
 * and many merchants share one. A rejected token costs one answer for each call in flight with it.
 */
const MOST_OF_AUTHORIZATION = 5;

/**
 * The limit for all authorizations of a merchant. Beyond it, a new authorization, which a person must give, is
 * suspended after one rejected token.
 */
const MOST = 20;

/**
 * Pauses between attempts with a suspended authorization. They grow, because an incident at Qonto affects many
 * merchants.
 */
const TRY_AGAIN = { shortest: 15 * MINUTE_MS, longest: 6 * HOUR_MS } as const;

/** The tokens that Qonto rejected. Times are milliseconds since the epoch. */
export interface RejectionRecord {
  /** When tokens of the current authorization were rejected, within the last hour. */
  readonly times: readonly number[];
  /** The same for earlier authorizations. */
  readonly earlier: readonly number[];
  /** Whether the previous token was rejected and the current one is not accepted yet. */
  readonly isUnproven: boolean;
  /** The paused operations: by name, the time at which each is called again. Qonto accepts the token for others. */
  readonly operations?: Readonly<Record<string, number>>;
  /** Null: calls are allowed. */
  readonly suspension: Suspension | null;
}

/** No call is made with this authorization, except one at each retry time. */
export interface Suspension {
  readonly since: number;
  readonly retryAt: number;
  readonly tries: number;
}

/** The storage of the record, which survives a restart. */
export interface RejectionStore {
  read(): RejectionRecord | null;
  write(record: RejectionRecord): void;
  /** Records that the merchant must reauthorize. Called synchronously with the write, like the next one. */
  suspended(): void;
  /** Records that Qonto accepts the tokens again, without a new consent. */
  resumed(): void;
}

const NONE: RejectionRecord = { times: [], earlier: [], isUnproven: false, suspension: null };

/**
 * Counts the access tokens that Qonto rejects, each once, and suspends an authorization whose renewed token is also
 * rejected: more calls would only use up Qonto's limit of 401s. If Qonto answers 401 to one operation only, it pauses
 * that operation only. A new consent resets this.
 */
export class TokenRejections {
  readonly #store: RejectionStore;
  #record: RejectionRecord | null = null;

  constructor(store: RejectionStore) {
    this.#store = store;
  }

  /** Whether calls with this authorization are suspended. */
  get isSuspended(): boolean {
    return this.#known().suspension !== null;
  }

  /**
   * Lets a call pass. While the authorization is suspended, one call passes each time that an attempt is due.
   *
   * @returns whether the call is such an attempt, and needs a new token.
   * @throws QontoError `unauthorized`.
   */
  beginCall(): boolean {
    const record = this.#known();
    const { suspension } = record;
    if (suspension === null) return false;
    const now = Date.now();
    if (now < suspension.retryAt) {
      const retryAt = new Date(suspension.retryAt).toISOString();
      throw new QontoError(
        "unauthorized",
        `Qonto rejects the merchant's access tokens. The next attempt is at ${retryAt}`,
      );
    }
    const tries = suspension.tries + 1;
    this.#write({ ...record, suspension: { ...suspension, tries, retryAt: retryAtAfter(record, tries, now) } });
    return true;
  }

  /** Whether the previous token was rejected and the current one is not accepted yet. */
  get isUnproven(): boolean {
    return this.#known().isUnproven;
  }

  /** Records that Qonto rejected a token that was not counted yet. */
  rejected(): void {
    const record = counted(this.#known());
    if (record.isUnproven || isOverLimit(record)) this.#suspend(record);
    else this.#write({ ...record, isUnproven: true });
  }

  /**
   * Records that Qonto answered an operation with 401 although it accepts the token. The operation is paused, and the
   * token that was replaced because of it does not count.
   */
  operationRejected(operation: string): void {
    if (this.isOperationPaused(operation)) return;
    const { times, operations, ...others } = this.#known();
    const retryAt = Date.now() + TRY_AGAIN.shortest;
    this.#write({ ...others, times: times.slice(0, -1), operations: { ...operations, [operation]: retryAt } });
  }

  /** Whether an operation is paused, because Qonto would only answer 401 to it. */
  isOperationPaused(operation: string): boolean {
    return Date.now() < (this.#known().operations?.[operation] ?? 0);
  }

  /** Records that Qonto's OAuth answered 401 to a refresh, without a known reason. */
  refreshRejected(): void {
    const record = counted(this.#known());
    if (isOverLimit(record)) this.#suspend(record);
    else this.#write(record);
  }

  /** Records that Qonto accepted a token. */
  accepted(): void {
    const record = this.#known();
    if (!record.isUnproven && record.suspension === null) return;
    const isResumed = record.suspension !== null && !isOverLimit(recent(record, Date.now()));
    this.#write({ ...record, isUnproven: false, suspension: isResumed ? null : record.suspension });
    if (isResumed) this.#store.resumed();
  }

  /**
   * Schedules the next attempt a minute after the last rejection, if the limit leaves room.
   *
   * @returns whether the authorization is suspended.
   */
  retrySoon(): boolean {
    const now = Date.now();
    const record = recent(this.#known(), now);
    const { suspension } = record;
    if (suspension === null) return false;
    const soon = Math.max(now, (record.times.at(-1) ?? suspension.since) + MINUTE_MS);
    const retryAt = isOverLimit(record) ? suspension.retryAt : Math.min(suspension.retryAt, soon);
    this.#write({ ...record, suspension: { ...suspension, retryAt } });
    return true;
  }

  /** Resets the record after a new consent or a disconnection. */
  startAnew(): void {
    const { times, earlier } = recent(this.#known(), Date.now());
    this.#write({ ...NONE, earlier: [...earlier, ...times] });
  }

  #suspend(record: RejectionRecord): void {
    const now = Date.now();
    const { since, tries } = record.suspension ?? { since: now, tries: 0 };
    const suspension = { since, tries, retryAt: retryAtAfter(record, tries, now) };
    this.#write({ ...record, isUnproven: true, suspension });
    if (record.suspension === null) this.#store.suspended();
  }

  #known(): RejectionRecord {
    this.#record ??= this.#store.read() ?? NONE;
    return this.#record;
  }

  #write(record: RejectionRecord): void {
    if (JSON.stringify(record) === JSON.stringify(this.#known())) return;
    this.#store.write(record);
    this.#record = record;
  }
}

function counted(record: RejectionRecord): RejectionRecord {
  const now = Date.now();
  const { times, ...others } = recent(record, now);
  return { ...others, times: [...times, now] };
}

function recent(record: RejectionRecord, now: number): RejectionRecord {
  const isRecent = (time: number): boolean => time > now - HOUR_MS;
  return { ...record, times: record.times.filter(isRecent), earlier: record.earlier.filter(isRecent) };
}

function isOverLimit({ times, earlier }: RejectionRecord): boolean {
  return times.length >= MOST_OF_AUTHORIZATION || times.length + earlier.length >= MOST;
}

/** Returns the next retry time. It is not before the limit leaves room for another attempt. */
function retryAtAfter(record: RejectionRecord, tries: number, now: number): number {
  const { times } = recent(record, now);
  const free = times.length < MOST_OF_AUTHORIZATION ? now : (times.at(-MOST_OF_AUTHORIZATION) ?? now) + HOUR_MS;
  return Math.max(free, now + backoff(tries, TRY_AGAIN));
}
