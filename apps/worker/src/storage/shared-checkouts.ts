/** The attempt behind the shared link of a product. */
export interface SharedAttempt {
  readonly attemptId: string;
  /** Id of the product. */
  readonly product: string;
  /** The purpose of the link as one canonical text: the product when the link was requested. */
  readonly intent: string;
  /** When redirects to its link ended, in milliseconds since the epoch; null: it is the product's current one. */
  readonly retiredAt: number | null;
}

interface Row extends Record<string, SqlStorageValue> {
  attempt_id: string;
  product: string;
  intent: string;
  retired_at: number | null;
}

const COLUMNS = "attempt_id, product, intent, retired_at";

/**
 * The attempts of shared links: the current one of each product, and earlier ones whose links must still be
 * deactivated.
 */
export class SharedCheckouts {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  presentOf(product: string): SharedAttempt | null {
    const sql = `SELECT ${COLUMNS} FROM shared_checkouts WHERE product = ? AND retired_at IS NULL`;
    const row = this.#sql.exec<Row>(sql, product).toArray()[0];
    return row === undefined ? null : attemptOf(row);
  }

  /** Makes an attempt the product's current one. The previous one must be retired. */
  add({ attemptId, product, intent }: Omit<SharedAttempt, "retiredAt">): void {
    const sql = "INSERT INTO shared_checkouts (attempt_id, product, intent) VALUES (?, ?, ?)";
    this.#sql.exec(sql, attemptId, product, intent);
  }

  /** Ends redirects to the product's current attempt. */
  retire(product: string, now: number): void {
    this.#sql.exec("UPDATE shared_checkouts SET retired_at = ? WHERE product = ? AND retired_at IS NULL", now, product);
  }

  retired(): readonly SharedAttempt[] {
    const sql = `SELECT ${COLUMNS} FROM shared_checkouts WHERE retired_at IS NOT NULL`;
    return this.#sql.exec<Row>(sql).toArray().map(attemptOf);
  }

  remove(attemptId: string): void {
    this.#sql.exec("DELETE FROM shared_checkouts WHERE attempt_id = ?", attemptId);
  }
}

function attemptOf({ attempt_id, product, intent, retired_at }: Row): SharedAttempt {
  return { attemptId: attempt_id, product, intent, retiredAt: retired_at };
}
