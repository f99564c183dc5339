import { MOST_PRUNED, type Sql } from "./sql.ts";

/**
 * The place of an ended checkout in the order of the ends: when it ended, in milliseconds since the epoch, and its id.
 */
export type EndPosition = readonly [endedAt: number, id: string];

/** A checkout that has ended. */
export interface EndedCheckout {
  readonly id: string;
  readonly position: EndPosition;
  /** Whether it is a record of money: it is paid, or has a payment. */
  readonly isPaid: boolean;
  /** Whether a link of it must still be deactivated. */
  readonly isReserved: boolean;
}

/** How long after its end a checkout may still get a payment. No retention is shorter. */
export const LATE_PAYMENT_MS = 30 * 24 * 60 * 60_000;

/** Deletes checkouts, and the rows that belong to them in other tables. */
export class CheckoutExpiry {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Returns the checkouts that ended after a position, until this time, oldest first. */
  endedAfter([endedAt, id]: EndPosition, until: number, limit: number): readonly EndedCheckout[] {
    return this.#sql
      .exec<{ id: string; endedAt: number; isPaid: number; isReserved: number }>(
        `SELECT id, ended_at AS endedAt,
           status = 'paid' OR EXISTS (SELECT 1 FROM payments WHERE checkout_id = checkouts.id) AS isPaid,
           EXISTS (SELECT 1 FROM unclaimed_links WHERE checkout_id = checkouts.id) AS isReserved
         FROM checkouts WHERE ended_at <= ? AND (ended_at, id) > (?, ?) ORDER BY ended_at, id LIMIT ?`,
        until,
        endedAt,
        id,
        limit,
      )
      .toArray()
      .map((row) => ({
        id: row.id,
        position: [row.endedAt, row.id],
        isPaid: row.isPaid === 1,
        isReserved: row.isReserved === 1,
      }));
  }

  /** Returns checkouts that were erased, have no payment, and ended until this time. */
  erasedUntil(until: number, limit: number): readonly string[] {
    return this.#sql
      .exec<{ id: string }>(
        `SELECT id FROM checkouts WHERE erased_at IS NOT NULL AND status <> 'paid' AND ended_at <= ?
           AND NOT EXISTS (SELECT 1 FROM payments WHERE checkout_id = checkouts.id)
           AND NOT EXISTS (SELECT 1 FROM unclaimed_links WHERE checkout_id = checkouts.id)
         ORDER BY ended_at LIMIT ?`,
        until,
        limit,
      )
      .toArray()
      .map(({ id }) => id);
  }

  /**
   * Deletes checkouts with their payments and metadata. Deletes `MOST_PRUNED` payments at most.
   *
   * @returns false if some payments are left. The checkouts stay until the payments are deleted.
   */
  delete(ids: readonly string[]): boolean {
    const json = JSON.stringify(ids);
    const ofThese = "IN (SELECT value FROM json_each(?))";
    const payments = this.#sql.exec(
      `DELETE FROM payments WHERE id IN (SELECT id FROM payments WHERE checkout_id ${ofThese} LIMIT ${MOST_PRUNED})
       RETURNING id`,
      json,
    );
    if (payments.toArray().length === MOST_PRUNED) return false;
    this.#sql.exec(`DELETE FROM payment_lists WHERE checkout_id ${ofThese}`, json);
    this.#sql.exec(
      `DELETE FROM checkout_metadata WHERE (name, value, status, opened_by, opened_at, checkout_id) IN (
         SELECT entry.key, entry.value, checkouts.status, checkouts.opened_by, checkouts.created_at, checkouts.id
         FROM checkouts, json_each(checkouts.metadata) AS entry WHERE checkouts.id ${ofThese})`,
      json,
    );
    this.#sql.exec(
      `DELETE FROM shared_checkouts WHERE attempt_id IN (SELECT attempt_id FROM checkouts WHERE id ${ofThese})`,
      json,
    );
    this.#sql.exec(`DELETE FROM checkouts WHERE id ${ofThese}`, json);
    return true;
  }
}
