/** An event of Qonto's that still has to be looked into. */
export interface DueEvent {
  readonly eventId: string;
  readonly paymentLinkId: string;
  readonly tries: number;
}

const KEEP_MS = 90 * 24 * 60 * 60 * 1000;

/**
 * Every event that Qonto was told it was received. `due_at` is null once nothing is left to do, or while the event's link
 * is not one of ours (it may become so when the answer of the create call comes in later). Times are milliseconds.
 */
export class Inbox {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Keeps an event; a repeated one changes nothing. @param paymentLinkId null for an event that needs no work. */
  record(eventId: string, paymentLinkId: string | null, body: string, now: number): void {
    this.#sql.exec("DELETE FROM inbox WHERE received_at < ? AND due_at IS NULL", now - KEEP_MS);
    this.#sql.exec(
      "INSERT OR IGNORE INTO inbox (event_id, payment_link_id, body, received_at, due_at) VALUES (?, ?, ?, ?, ?)",
      eventId,
      paymentLinkId,
      body,
      now,
      paymentLinkId === null ? null : now,
    );
  }

  due(now: number): readonly DueEvent[] {
    return this.#sql
      .exec<{ event_id: string; payment_link_id: string; tries: number }>(
        "SELECT event_id, payment_link_id, tries FROM inbox WHERE due_at <= ? ORDER BY due_at LIMIT 100",
        now,
      )
      .toArray()
      .map((row) => ({ eventId: row.event_id, paymentLinkId: row.payment_link_id, tries: row.tries }));
  }

  settle(eventId: string): void {
    this.#sql.exec("UPDATE inbox SET due_at = NULL WHERE event_id = ?", eventId);
  }

  postpone(eventId: string, dueAt: number): void {
    this.#sql.exec("UPDATE inbox SET due_at = ?, tries = tries + 1 WHERE event_id = ?", dueAt, eventId);
  }

  /** Takes up the events that came in before their link was known to be ours. @returns whether there are any. */
  wakeEventsOf(paymentLinkId: string, now: number): boolean {
    const woken = this.#sql.exec("UPDATE inbox SET due_at = ? WHERE payment_link_id = ?", now, paymentLinkId);
    return woken.rowsWritten > 0;
  }

  nextDue(): number | null {
    return this.#sql.exec<{ at: number | null }>("SELECT min(due_at) AS at FROM inbox").one().at;
  }
}
