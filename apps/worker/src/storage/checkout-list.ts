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
  /** Id of a checkout. The page begins after its position. */
  readonly after?: string | undefined;
}

/** A part of the list. */
export interface FoundCheckouts {
  readonly checkouts: readonly Checkout[];
  /**
   * The id of the last checkout that was examined, if the search stopped before the page was full or the list ended;
   * otherwise null.
   */
  readonly stoppedAt: string | null;
}

/** The place of a checkout in the list, which is sorted by both fields, descending. */
interface Position {
  readonly at: number;
  readonly id: string;
}

/** A value that selects checkouts, and the index that finds them for one status and one opener, newest first. */
interface Value {
  readonly table: "checkouts" | "checkout_metadata";
  /** The columns of the table with the place of a checkout. */
  readonly at: "created_at" | "opened_at";
  readonly id: "id" | "checkout_id";
  /** Selects the rows of the table. */
  readonly where: string;
  /** Whether the checkout of a row `source` has the value. */
  readonly isOf: (source: Value) => string;
  readonly parameters: readonly string[];
}

type Range = readonly [status: CheckoutStatus, openedBy: CheckoutOpener];

/** Selects all checkouts. */
const ALL: Value = { table: "checkouts", at: "created_at", id: "id", where: "1", isOf: () => "1", parameters: [] };

/** Later than any time at which a checkout can be created. */
const LATEST = Number.MAX_SAFE_INTEGER;

/** With several values, the checkouts of the rarest one are examined for the others: at most this many for one page. */
const MOST_EXAMINED = 5_000;

/**
 * Returns a page of checkouts, newest first. Each status and each opener is a range of an index, and the ranges are
 * merged here. So the cost of a page does not depend on the number of checkouts.
 *
 * @param last of the previous page; null for the first page.
 */
export function listCheckouts(sql: Sql, filter: CheckoutFilter, last: Checkout | null, limit: number): FoundCheckouts {
  const [source = ALL, ...others] = rarestFirst(sql, valuesOf(filter));
  const ranges = rangesOf(filter);
  const isSearch = others.length > 0;
  const most = isSearch ? Math.max(limit, Math.floor(MOST_EXAMINED / ranges.length)) : limit;
  const found: Position[] = [];
  let stop: Position | null = null;
  // A search has to know where it stopped in each range.
  for (const together of chunksOf(ranges, isSearch ? 1 : MOST_TOGETHER)) {
    const examined = examine(sql, { source, others, ranges: together, filter, last, most });
    found.push(...examined.filter(({ matches }) => matches === 1));
    const oldest = examined.at(-1);
    // A range that was not read to its end may continue with checkouts newer than those that the other ranges found.
    const isMore = isSearch && examined.length === most && oldest !== undefined;
    if (isMore && (stop === null || isNewer(oldest, stop))) stop = oldest;
  }
  const end = stop;
  const page = found
    .filter((position) => end === null || !isNewer(end, position))
    .toSorted((a, b) => (isNewer(a, b) ? -1 : 1))
    .slice(0, limit);
  return {
    checkouts: checkoutsOf(sql, page),
    stoppedAt: end !== null && page.length < limit ? end.id : null,
  };
}

interface Examination {
  readonly source: Value;
  /** The other values that a checkout must have. */
  readonly others: readonly Value[];
  /** `MOST_TOGETHER` at most. */
  readonly ranges: readonly Range[];
  readonly filter: Pick<CheckoutFilter, "createdFrom" | "createdBefore">;
  readonly last: Checkout | null;
  /** How many checkouts are examined at most. */
  readonly most: number;
}

/** Cloudflare allows this many terms of a compound statement. SQLite merges them in their order. */
const MOST_TOGETHER = 5;

/** Returns the newest checkouts of ranges, and whether each of them has the other values. */
function examine(
  sql: Sql,
  { source, others, ranges, filter, last, most }: Examination,
): readonly (Position & { readonly matches: number })[] {
  const { table, at, id, where, parameters } = source;
  const { createdFrom = 0, createdBefore = LATEST } = filter;
  // The query has only one upper bound. With two, SQLite would find the first row by one of them, and read all rows
  // up to the other.
  const bound = last !== null && last.createdAt < createdBefore ? [last.createdAt, last.id] : [createdBefore, ""];
  const matches = ["1", ...others.map(({ isOf }) => isOf(source))].join(" AND ");
  const select = `SELECT ${at} AS at, ${id} AS id, ${matches} AS matches FROM ${table} AS source
    WHERE ${where} AND status = ? AND opened_by = ? AND ${at} >= ? AND (${at}, ${id}) < (?, ?)`;
  const values = (range: Range): readonly SqlStorageValue[] => [
    ...others.flatMap((other) => other.parameters),
    ...parameters,
    ...range,
    createdFrom,
    ...bound,
  ];
  return sql
    .exec<{ at: number; id: string; matches: number }>(
      `${ranges.map(() => select).join(" UNION ALL ")} ORDER BY 1 DESC, 2 DESC LIMIT ?`,
      ...ranges.flatMap(values),
      most,
    )
    .toArray();
}

function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function rangesOf({ status, openedBy }: CheckoutFilter): readonly Range[] {
  const openers = new Set(openedBy ?? CHECKOUT_OPENERS);
  return [...new Set(status ?? CHECKOUT_STATUSES)].flatMap((one) =>
    [...openers].map((opener) => [one, opener] as const),
  );
}

function valuesOf({ reference, metadata = {} }: CheckoutFilter): readonly Value[] {
  return [
    ...(reference === undefined ? [] : [valueOfReference(reference)]),
    ...Object.entries(metadata).map(([name, value]) => valueOfEntry(name, value)),
  ];
}

function valueOfReference(reference: string): Value {
  return {
    ...ALL,
    where: "reference = ?",
    isOf: ({ id }) => `EXISTS (SELECT 1 FROM checkouts WHERE checkouts.id = source.${id} AND checkouts.reference = ?)`,
    parameters: [reference],
  };
}

function valueOfEntry(name: string, value: string): Value {
  return {
    table: "checkout_metadata",
    at: "opened_at",
    id: "checkout_id",
    where: "name = ? AND value = ?",
    isOf: ({ at, id }) => `EXISTS (SELECT 1 FROM checkout_metadata AS entry
      WHERE entry.name = ? AND entry.value = ? AND entry.status = source.status AND entry.opened_by = source.opened_by
        AND entry.opened_at = source.${at} AND entry.checkout_id = source.${id})`,
    parameters: [name, value],
  };
}

/** Between values that this many checkouts have, the difference does not matter. */
const MOST_COUNTED = 100;

function rarestFirst(sql: Sql, values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values;
  return values
    .map((value) => {
      const { table, where, parameters } = value;
      const count = `SELECT count(*) AS found FROM (SELECT 1 FROM ${table} WHERE ${where} LIMIT ?)`;
      return { value, ...sql.exec<{ found: number }>(count, ...parameters, MOST_COUNTED).one() };
    })
    .toSorted((a, b) => a.found - b.found)
    .map(({ value }) => value);
}

function checkoutsOf(sql: Sql, page: readonly Position[]): readonly Checkout[] {
  if (page.length === 0) return [];
  const ids = JSON.stringify(page.map(({ id }) => id));
  const query = `SELECT ${COLUMNS} FROM checkouts WHERE id IN (SELECT value FROM json_each(?))`;
  const rows = sql.exec<Row>(query, ids).toArray();
  const byId = new Map(rows.map((row) => [row.id, checkoutOf(row)]));
  return page.map(({ id }) => byId.get(id)).filter((checkout) => checkout !== undefined);
}

function isNewer(a: Position, b: Position): boolean {
  return a.at > b.at || (a.at === b.at && a.id > b.id);
}
