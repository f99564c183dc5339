const KEEP_MS = 90 * 24 * 60 * 60 * 1000;

/** Every event that Qonto was told it was received. Times are milliseconds of the epoch. */
export class Inbox {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Keeps an event. @param paymentLinkId null for one that is of no link. @returns false where it was kept before. */
  record(eventId: string, paymentLinkId: string | null, now: number): boolean {
    const { rowsWritten } = this.#sql.exec(
      "INSERT OR IGNORE INTO inbox (event_id, payment_link_id, received_at) VALUES (?, ?, ?)",
      eventId,
      paymentLinkId,
      now,
    );
    return rowsWritten > 0;
  }

  /** Whether anything came in about a link, perhaps before it was known to be ours. */
  hasEventOf(paymentLinkId: string): boolean {
    return this.#sql.exec("SELECT 1 FROM inbox WHERE payment_link_id = ? LIMIT 1", paymentLinkId).toArray().length > 0;
  }

  /** Forgets what came in more than 90 days ago: Qonto repeats an event for a few days. */
  prune(now: number): void {
    this.#sql.exec("DELETE FROM inbox WHERE received_at < ?", now - KEEP_MS);
  }
}
