import {
  CHECKOUT_OPENERS,
  CHECKOUT_STATUSES,
  type CheckoutOpener,
  type CheckoutStatus,
  type Metadata,
} from "@qonto-pay/core/api";
import { type Checkout, COLUMNS, checkoutOf, type Row } from "./checkout-row.ts";
import type { Sql } from "./sql.ts";

/** Selects checkouts. An absent field selects all. */
export interface CheckoutFilter {
  readonly status?: readonly CheckoutStatus[] | undefined;
  readonly reference?: string | undefined;
  /** Entries that a checkout must have, all of them. */
  readonly metadata?: Metadata | undefined;
  readonly openedBy?: readonly CheckoutOpener[] | undefined;
  readonly createdFrom?: number | undefined;
  readonly createdBefore?: number | undefined;
  /** Id of the last one of the previous page. */
  readonly after?: string | undefined;
}

/** Later than any time at which a checkout can be created. */
const LATEST = Number.MAX_SAFE_INTEGER;

/** Returns a page of checkouts, newest first. @param last of the previous page; null for the first page. */
export function listCheckouts(
  sql: Sql,
  filter: CheckoutFilter,
  last: Checkout | null,
  limit: number,
): readonly Checkout[] {
  const { status = CHECKOUT_STATUSES, openedBy = CHECKOUT_OPENERS, reference } = filter;
  const { createdFrom = 0, createdBefore = LATEST } = filter;
  const entries = rarestFirst(sql, Object.entries(filter.metadata ?? {}));
  // Few checkouts have the same reference. The entries are read in the order of their index, so the cost of a page does
  // not depend on how many checkouts have the entry.
  const [entry, ...others] = reference === undefined ? entries : [undefined, ...entries];
  const [from, at, id] =
    entry === undefined
      ? ["checkouts", "created_at", "id"]
      : ["checkout_metadata AS entry CROSS JOIN checkouts ON id = checkout_id", "entry.opened_at", "entry.checkout_id"];
  const has = `EXISTS (SELECT 1 FROM checkout_metadata AS other WHERE other.name = ? AND other.value = ?
           AND other.opened_at = created_at AND other.checkout_id = id)`;
  const conditions = [
    ...(entry === undefined ? [] : ["entry.name = ? AND entry.value = ?"]),
    ...others.map(() => has),
    ...(reference === undefined ? [] : ["reference = ?"]),
  ];
  return sql
    .exec<Row>(
      `SELECT ${COLUMNS} FROM ${from}
       WHERE ${conditions.map((condition) => `${condition} AND`).join(" ")} status IN (SELECT value FROM json_each(?))
         AND opened_by IN (SELECT value FROM json_each(?))
         AND ${at} >= ? AND ${at} < ? AND (${at}, ${id}) < (?, ?)
       ORDER BY ${at} DESC, ${id} DESC LIMIT ?`,
      ...(entry ?? []),
      ...others.flat(),
      ...(reference === undefined ? [] : [reference]),
      JSON.stringify(status),
      JSON.stringify(openedBy),
      createdFrom,
      createdBefore,
      last?.createdAt ?? LATEST,
      last?.id ?? "",
      limit,
    )
    .toArray()
    .map(checkoutOf);
}

/** Between entries that this many checkouts have, the difference does not matter. */
const MOST_COUNTED = 100;

function rarestFirst(
  sql: Sql,
  entries: readonly (readonly [name: string, value: string])[],
): readonly (readonly [name: string, value: string])[] {
  if (entries.length < 2) return entries;
  const count = "SELECT count(*) AS found FROM (SELECT 1 FROM checkout_metadata WHERE name = ? AND value = ? LIMIT ?)";
  return entries
    .map((entry) => ({ entry, ...sql.exec<{ found: number }>(count, ...entry, MOST_COUNTED).one() }))
    .toSorted((a, b) => a.found - b.found)
    .map(({ entry }) => entry);
}
