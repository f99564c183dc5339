import { type Checkout, COLUMNS, checkoutOf, type Row } from "./checkout-row.ts";
import type { Sql } from "./sql.ts";

/**
 * Returns the merchant's own checkouts with a reference, or opened with it, in any of these statuses, oldest first. A
 * reference from a page may be the same for any number of checkouts, so each part of the condition has an index without
 * those.
 *
 * @param statuses the text of constants, separated by commas.
 */
export function checkoutsOfReference(
  sql: Sql,
  reference: string,
  statuses: "'open'" | "'open', 'processing'" | "'paid', 'processing'",
): readonly Checkout[] {
  const status = `status IN (${statuses})`;
  return sql
    .exec<Row>(
      `SELECT ${COLUMNS} FROM checkouts
       WHERE (reference = ? AND opened_by IN ('server', 'offer') AND ${status})
         OR (reference = ? AND reference_set = 1 AND ${status})
         OR (opening_reference = ? AND opened_by <> 'button' AND ${status})`,
      reference,
      reference,
      reference,
    )
    .toArray()
    .map(checkoutOf)
    .toSorted((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}
