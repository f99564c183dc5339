import { MOST_PRUNED } from "./sql.ts";

const KEEP_MS = 90 * 24 * 60 * 60 * 1000;

/** A received event. */
export interface InboxEvent {
  /** Null for an event without a link. */
  readonly paymentLinkId: string | null;
  /** Whether it only reports that its link was created. */
  readonly isCreation: boolean;
  /** When it happened, according to Qonto; null if Qonto does not state it. */
  readonly happenedAt: number | null;
}

/** When an event happened and when it was received. */
export interface Arrival {
  readonly happenedAt: number | null;
  readonly receivedAt: number;
}

/** Every event from Qonto that the Worker acknowledged. Times are milliseconds since the epoch. */
export class Inbox {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Stores an event. @returns false if it was stored before. */
  record(eventId: string, { paymentLinkId, isCreation, happenedAt }: InboxEvent, now: number): boolean {
    const { rowsWritten } = this.#sql.exec(
      "INSERT OR IGNORE INTO inbox (event_id, payment_link_id, is_creation, happened_at, received_at) VALUES (?, ?, ?, ?, ?)",
      eventId,
      paymentLinkId,
      isCreation ? 1 : 0,
      happenedAt,
      now,
    );
    return rowsWritten > 0;
  }

  /** Whether any event named a link, possibly before a checkout owned it. */
  hasEventOf(paymentLinkId: string): boolean {
    return this.#sql.exec("SELECT 1 FROM inbox WHERE payment_link_id = ? LIMIT 1", paymentLinkId).toArray().length > 0;
  }

  /** Whether an event named a link for another reason than its creation. */
  hasChangeOf(paymentLinkId: string): boolean {
    const sql = "SELECT 1 FROM inbox WHERE payment_link_id = ? AND is_creation = 0 LIMIT 1";
    return this.#sql.exec(sql, paymentLinkId).toArray().length > 0;
  }

  /** Returns the latest events, newest first. */
  newest(limit: number): readonly Arrival[] {
    return this.#sql
      .exec<{ happened_at: number | null; received_at: number }>(
        "SELECT happened_at, received_at FROM inbox WHERE received_at > 0 ORDER BY received_at DESC LIMIT ?",
        limit,
      )
      .toArray()
      .map((row) => ({ happenedAt: row.happened_at, receivedAt: row.received_at }));
  }

  /**
   * Deletes events that were received more than 90 days ago, `MOST_PRUNED` at most. Qonto repeats an event for a few
   * days.
   *
   * @returns whether more may be left.
   */
  prune(now: number): boolean {
    const deleted = this.#sql.exec(
      `DELETE FROM inbox WHERE event_id IN (SELECT event_id FROM inbox WHERE received_at < ? LIMIT ${MOST_PRUNED})
       RETURNING event_id`,
      now - KEEP_MS,
    );
    return deleted.toArray().length === MOST_PRUNED;
  }
}
