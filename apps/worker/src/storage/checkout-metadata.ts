import type { CheckoutStatus } from "@qonto-pay/core/api";
import type { Sql } from "./sql.ts";

/** Selects the rows of this table that belong to one checkout, derived from its row in `checkouts`. */
const ENTRIES_OF_CHECKOUT = `SELECT entry.key, entry.value, checkouts.status, checkouts.opened_by, checkouts.created_at,
    checkouts.id
  FROM checkouts, json_each(checkouts.metadata) AS entry WHERE checkouts.id = ?`;

const IS_OF_CHECKOUT = `(name, value, status, opened_by, opened_at, checkout_id) IN (${ENTRIES_OF_CHECKOUT})`;

/**
 * The index that finds checkouts by an entry of their metadata, in the order of lists. The metadata itself is in
 * `checkouts`. Call each method synchronously with the write of that table.
 */
export class CheckoutMetadata {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Adds the entries of a checkout. */
  add(id: string): void {
    this.#sql.exec(
      `INSERT INTO checkout_metadata (name, value, status, opened_by, opened_at, checkout_id) ${ENTRIES_OF_CHECKOUT}`,
      id,
    );
  }

  /** Removes the entries of a checkout. Call before its metadata changes. */
  remove(id: string): void {
    this.#sql.exec(`DELETE FROM checkout_metadata WHERE ${IS_OF_CHECKOUT}`, id);
  }

  /** Moves the entries of a checkout to another status. Call before its status changes. */
  setStatus(id: string, status: CheckoutStatus): void {
    this.#sql.exec(
      `UPDATE checkout_metadata SET status = ? WHERE ${IS_OF_CHECKOUT} AND status <> ?`,
      status,
      id,
      status,
    );
  }
}
