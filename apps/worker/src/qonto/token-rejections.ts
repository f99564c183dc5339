import { backoff } from "@qonto-pay/web/backoff";
import { QontoError } from "./qonto-error.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * More than 200 answers of 401 within an hour throttle a whole address (documented; field notes of 2026-11-29, 11.1), and
 * many merchants share one. A token that Qonto rejects costs one answer for each call under way with it.
 */
const MOST_OF_AUTHORIZATION = 5;

/** Of all authorizations of a merchant: from then on each new one costs one token. A consent is given by a person. */
const MOST = 20;

/** When a suspended authorization is tried again. An incident at Qonto meets many merchants at once, so the pauses grow. */
const TRY_AGAIN = { shortest: 15 * MINUTE_MS, longest: 6 * HOUR_MS } as const;

/** What is known of tokens that Qonto rejected. Times are milliseconds of the epoch. */
export interface RejectionRecord {
  /** When a token of the present authorization was rejected, for an hour. */
  readonly times: readonly number[];
  /** The same of authorizations before it. */
  readonly earlier: readonly number[];
  /** The token before was rejected, and the present one not accepted yet. */
  readonly isUnproven: boolean;
  /** Null: calls are made. */
  readonly suspension: Suspension | null;
}

/** No call is made with this authorization, but one at each of these times. */
export interface Suspension {
  readonly since: number;
  readonly retryAt: number;
  readonly tries: number;
}

/** Where the record is kept, so that a restart forgets nothing. */
export interface RejectionStore {
  read(): RejectionRecord | null;
  write(record: RejectionRecord): void;
  /** The merchant has to reauthorize. Called synchronously with the write that says so, like the next one. */
  suspended(): void;
  /** Qonto accepts the tokens again, without a new consent. */
  resumed(): void;
}

const NONE: RejectionRecord = { times: [], earlier: [], isUnproven: false, suspension: null };

/**
 * Counts the access tokens that Qonto rejects, each once, and suspends an authorization whose renewed token is rejected as
 * well: repeating it would only use up Qonto's limit of 401s. A new consent starts from the beginning.
 */
export class TokenRejections {
  readonly #store: RejectionStore;
  #record: RejectionRecord | null = null;

  constructor(store: RejectionStore) {
    this.#store = store;
  }

  /** Whether no call may be made with this authorization now. */
  get isSuspended(): boolean {
    return this.#known().suspension !== null;
  }

  /**
   * Lets a call pass. While the authorization is suspended, that is one call each time that a try is due.
   *
   * @returns whether the call is such a try, and needs a new token.
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
        `Qonto rejects the merchant's access tokens, and is asked again at ${retryAt}`,
      );
    }
    const tries = suspension.tries + 1;
    this.#write({ ...record, suspension: { ...suspension, tries, retryAt: retryAtAfter(record, tries, now) } });
    return true;
  }

  /**
   * Records that Qonto rejected a token.
   *
   * @param token whether this token was not counted yet, and whether it was requested because another one was rejected.
   */
  rejected({ isNew, isReplacement }: { readonly isNew: boolean; readonly isReplacement: boolean }): void {
    const record = isNew ? counted(this.#known()) : this.#known();
    const isHopeless = isReplacement || (isNew && record.isUnproven) || isOverLimit(record);
    if (isHopeless) this.#suspend(record);
    else this.#write({ ...record, isUnproven: true });
  }

  /** Records that Qonto's OAuth answered 401 to a refresh, for no reason that says what is wrong. */
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
   * Has the next try made a minute after the last rejection, as far as the limit leaves room.
   *
   * @returns whether there is one to be made.
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

  /** The merchant has consented again, or was disconnected. */
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

/** Not before the limit leaves room for one more. */
function retryAtAfter(record: RejectionRecord, tries: number, now: number): number {
  const { times } = recent(record, now);
  const free = times.length < MOST_OF_AUTHORIZATION ? now : (times.at(-MOST_OF_AUTHORIZATION) ?? now) + HOUR_MS;
  return Math.max(free, now + backoff(tries, TRY_AGAIN));
}
