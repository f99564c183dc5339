import type { Payment } from "@qonto-pay/core/qonto";

/** The payments of the merchant's checkouts that have the status `paid` at Qonto. */
export class Payments {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** Stores a payment. @param now milliseconds since the epoch. @returns false if it was stored before. */
  record(checkoutId: string, payment: Payment, now: number): boolean {
    const { rowsWritten } = this.#sql.exec(
      "INSERT OR IGNORE INTO payments (id, checkout_id, body, recorded_at) VALUES (?, ?, ?, ?)",
      payment.id,
      checkoutId,
      JSON.stringify(payment),
      now,
    );
    return rowsWritten > 0;
  }

  /** Returns which of these payments are not stored yet, for any checkout. */
  unknownOf(ids: readonly string[]): ReadonlySet<string> {
    const sql = "SELECT value AS id FROM json_each(?) WHERE value NOT IN (SELECT id FROM payments)";
    const rows = this.#sql.exec<{ id: string }>(sql, JSON.stringify(ids)).toArray();
    return new Set(rows.map(({ id }) => id));
  }

  count(checkoutId: string): number {
    const sql = "SELECT count(*) AS count FROM payments WHERE checkout_id = ?";
    return this.#sql.exec<{ count: number }>(sql, checkoutId).one().count;
  }

  /** Returns the newest payments of a checkout, the oldest of them first. */
  newestOf(checkoutId: string, limit: number): readonly Payment[] {
    return this.#sql
      .exec<{ body: string }>(
        "SELECT body FROM payments WHERE checkout_id = ? ORDER BY recorded_at DESC, id DESC LIMIT ?",
        checkoutId,
        limit,
      )
      .toArray()
      .map((row) => JSON.parse(row.body) as Payment)
      .toReversed();
  }
}
