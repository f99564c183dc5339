/** The orphaned links whose payment was reported. */
export class UnmatchedPayments {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** @param now milliseconds since the epoch. @returns false where the link's payment was reported before. */
  add(linkId: string, now: number): boolean {
    const sql = "INSERT OR IGNORE INTO unmatched_payments (link_id, reported_at) VALUES (?, ?)";
    return this.#sql.exec(sql, linkId, now).rowsWritten > 0;
  }
}
