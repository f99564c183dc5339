const KEEP_MS = 90 * 24 * 60 * 60 * 1000;

/** An event that came in. */
export interface InboxEvent {
  /** Null for one that is of no link. */
  readonly paymentLinkId: string | null;
  /** When it happened, as Qonto says; null where it doesn't. */
  readonly happenedAt: number | null;
}

/** When an event happened and when it came in. */
export interface Arrival {
  readonly happenedAt: number | null;
  readonly receivedAt: number;
}

/** Every event that Qonto was told it was received. Times are milliseconds of the epoch. */
export class Inbox {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Keeps an event. @returns false where it was kept before. */
  record(eventId: string, { paymentLinkId, happenedAt }: InboxEvent, now: number): boolean {
    const { rowsWritten } = this.#sql.exec(
      "INSERT OR IGNORE INTO inbox (event_id, payment_link_id, happened_at, received_at) VALUES (?, ?, ?, ?)",
      eventId,
      paymentLinkId,
      happenedAt,
      now,
    );
    return rowsWritten > 0;
  }

  /** Whether anything came in about a link, perhaps before it was known to be ours. */
  hasEventOf(paymentLinkId: string): boolean {
    return this.#sql.exec("SELECT 1 FROM inbox WHERE payment_link_id = ? LIMIT 1", paymentLinkId).toArray().length > 0;
  }

  /** The last ones, newest first. */
  newest(limit: number): readonly Arrival[] {
    return this.#sql
      .exec<{ happened_at: number | null; received_at: number }>(
        "SELECT happened_at, received_at FROM inbox ORDER BY received_at DESC LIMIT ?",
        limit,
      )
      .toArray()
      .map((row) => ({ happenedAt: row.happened_at, receivedAt: row.received_at }));
  }

  /** Forgets what came in more than 90 days ago: Qonto repeats an event for a few days. */
  prune(now: number): void {
    this.#sql.exec("DELETE FROM inbox WHERE received_at < ?", now - KEEP_MS);
  }
}
