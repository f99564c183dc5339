import { CHECKOUT_OPENERS, CHECKOUT_STATUSES, type ExportRecord, type ExportType } from "@qonto-pay/core/api";
import { CheckoutMetadata } from "./checkout-metadata.ts";
import type { Sql } from "./sql.ts";

/** Where an export continues: after the row with `key` of a table. */
export interface ExportCursor {
  /** Names the table. */
  readonly name: string;
  /** When the export began, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly key: string;
}

/** The most that one call reads. */
export interface ExportPortion {
  readonly records: number;
  /** A part exceeds it by one record at most. */
  readonly characters: number;
}

interface ExportedTable {
  readonly type: ExportType;
  /** The name in cursors, if it is not `type`. */
  readonly cursor?: string;
  readonly table: string;
  /** The column by which an export continues. A number, if `isNumbered`. */
  readonly key: string;
  readonly isNumbered?: true;
  /** Columns that an export contains, besides those in `json`. Encrypted values are in none of them. */
  readonly columns: readonly string[];
  /** Columns with JSON. */
  readonly json: readonly string[];
}

const CHECKOUTS: ExportedTable = {
  type: "checkout",
  table: "checkouts",
  key: "id",
  columns: [
    "id",
    "attempt_id",
    "intent",
    "reference",
    "opening_reference",
    "reference_set",
    "status",
    "amount",
    "currency",
    "reusable",
    "opened_by",
    "success_url",
    "cancel_url",
    "locale",
    "superseded_by",
    "closes_at",
    "closed_at",
    "link_id",
    "pay_url",
    "expires_at",
    "created_at",
    "ended_at",
    "paid_link_seen_at",
    "heard_at",
    "read_at",
    "erased_at",
  ],
  json: ["metadata", "products", "payment_link"],
};

/** Checkouts with a link that were created after the export began. */
const NEW_CHECKOUTS: ExportedTable = { ...CHECKOUTS, cursor: "new_checkout" };

/**
 * The tables of an export, in its order. New checkouts are last, so that each checkout of an exported payment or event is
 * in the export too.
 */
const TABLES: readonly ExportedTable[] = [
  { type: "product", table: "products", key: "id", columns: ["id"], json: ["body"] },
  CHECKOUTS,
  { type: "payment", table: "payments", key: "id", columns: ["id", "checkout_id", "recorded_at"], json: ["body"] },
  {
    type: "payment_list",
    table: "payment_lists",
    key: "checkout_id",
    columns: ["checkout_id", "unexplained", "swept_at"],
    json: [],
  },
  {
    type: "shared_checkout",
    table: "shared_checkouts",
    key: "attempt_id",
    columns: ["attempt_id", "product", "intent", "retired_at"],
    json: [],
  },
  {
    type: "link_reservation",
    table: "unclaimed_links",
    key: "id",
    isNumbered: true,
    columns: ["id", "checkout_id", "link_id", "invoice_id", "noted_at", "due_at"],
    json: [],
  },
  {
    type: "unmatched_payment",
    table: "unmatched_payments",
    key: "link_id",
    columns: ["link_id", "reported_at"],
    json: [],
  },
  {
    type: "event",
    table: "events",
    key: "number",
    isNumbered: true,
    columns: ["id", "type", "checkout_id", "created_at"],
    json: ["data"],
  },
  NEW_CHECKOUTS,
];

/** The tables that are exported, and restored into another deployment. */
export class ExportedTables {
  readonly #sql: Sql;
  readonly #reservationsSql: Sql;
  readonly #metadata: CheckoutMetadata;

  /** @param reservationsSql the same database, for link reservations, which have due times. */
  constructor(sql: Sql, reservationsSql: Sql = sql) {
    this.#sql = sql;
    this.#reservationsSql = reservationsSql;
    this.#metadata = new CheckoutMetadata(sql);
  }

  /**
   * Returns the records after a cursor. Reads them synchronously, so that they are of the same moment.
   *
   * @param after null: from the first record.
   * @returns `isComplete`: no record follows. Null if no export has this cursor.
   */
  recordsAfter(
    after: ExportCursor | null,
    startedAt: number,
    most: ExportPortion,
  ): { readonly records: readonly ExportRecord[]; readonly isComplete: boolean } | null {
    const first = after === null ? 0 : TABLES.findIndex((table) => nameOf(table) === after.name);
    if (first === -1 || (after !== null && !isKey(TABLES[first], after.key))) return null;
    const records: ExportRecord[] = [];
    let characters = 0;
    for (const [index, table] of TABLES.slice(first).entries()) {
      const left = most.records - records.length;
      for (const row of this.#rowsAfter(table, index === 0 && after !== null ? after.key : null, startedAt, left)) {
        records.push(recordOf(table, startedAt, row));
        for (const value of Object.values(row)) characters += typeof value === "string" ? value.length : 0;
        if (records.length >= most.records || characters >= most.characters) return { records, isComplete: false };
      }
    }
    return { records, isComplete: true };
  }

  /** Reads one row after the other. @param after null: from the beginning. */
  #rowsAfter(table: ExportedTable, after: string | null, startedAt: number, limit: number): Iterable<ExportedRow> {
    const { key, isNumbered, columns, json } = table;
    const selected = [...columns, ...json].join(", ");
    if (table === NEW_CHECKOUTS) {
      const [createdAt, id] = after === null ? [startedAt, null] : [Number(partsOf(after)[0]), partsOf(after)[1]];
      // The null in the comparison leaves out all checkouts of that millisecond, which are among the others.
      return this.#sql.exec(
        `SELECT created_at || ':' || id AS export_key, ${selected} FROM checkouts INDEXED BY checkouts_with_link
         WHERE link_id IS NOT NULL AND (created_at, id) > (?, ?) ORDER BY created_at, id LIMIT ?`,
        createdAt,
        id ?? null,
        limit,
      );
    }
    const condition = table === CHECKOUTS ? " AND created_at <= ?" : "";
    return this.#sql.exec(
      `SELECT ${key} AS export_key, ${selected} FROM ${table.table} WHERE ${key} > ?${condition} ORDER BY ${key} LIMIT ?`,
      isNumbered ? Number(after ?? 0) : (after ?? ""),
      ...(condition === "" ? [] : [startedAt]),
      limit,
    );
  }

  /** Whether the merchant has no product and no checkout. */
  isEmpty(): boolean {
    const sql =
      "SELECT EXISTS (SELECT 1 FROM products WHERE id > '') OR EXISTS (SELECT 1 FROM checkouts WHERE id > '') AS isUsed";
    return this.#sql.exec<{ isUsed: number }>(sql).one().isUsed === 0;
  }

  /**
   * Adds a record, unless it exists.
   *
   * @returns whether it was added; null if its fields are not those of an export.
   */
  restore({ type, data }: ExportRecord, now: number): boolean | null {
    const table = TABLES.find((candidate) => candidate.type === type);
    if (table === undefined) return false;
    const names = [...table.columns, ...table.json];
    if (Object.keys(data).some((name) => !names.includes(name))) return null;
    if (type === "checkout" && !isCheckout(data)) return null;
    // The merchant has reservations and events of its own with the same numbers.
    const stored = names.filter((name) => !(table.isNumbered && name === table.key));
    if (type === "link_reservation" && this.#isReserved(data)) return false;
    const values = stored.map((name) => storedValue(data[name], table.json.includes(name)));
    if (values.includes(undefined)) return null;
    const sql = type === "link_reservation" ? this.#reservationsSql : this.#sql;
    const added = sql
      .exec(
        `INSERT INTO ${table.table} (${stored.join(", ")}) VALUES (${stored.map(() => "?").join(", ")})
         ON CONFLICT DO NOTHING RETURNING 1`,
        ...(values as SqlStorageValue[]),
      )
      .toArray().length;
    if (added > 0 && type === "checkout") this.#completeCheckout(values[stored.indexOf("id")] as string, now);
    return added > 0;
  }

  #isReserved({ checkout_id, link_id }: ExportRecord["data"]): boolean {
    const sql = "SELECT 1 FROM unclaimed_links WHERE checkout_id = ? AND link_id IS ?";
    return this.#sql.exec(sql, checkout_id, link_id ?? null).toArray().length > 0;
  }

  /** Adds the rows and times that follow from a checkout. A link that may have changed meanwhile is read now. */
  #completeCheckout(id: string, now: number): void {
    this.#metadata.add(id);
    this.#sql.exec("UPDATE checkouts SET read_at = ? WHERE id = ? AND read_at IS NOT NULL", now, id);
  }
}

/** Whether the Worker knows the status and the opener of a checkout. */
function isCheckout({ status, opened_by }: ExportRecord["data"]): boolean {
  return CHECKOUT_STATUSES.some((known) => known === status) && CHECKOUT_OPENERS.some((known) => known === opened_by);
}

function nameOf({ type, cursor = type }: ExportedTable): string {
  return cursor;
}

/** Whether a cursor of a table can have this key. */
function isKey(table: ExportedTable | undefined, key: string): boolean {
  if (table === NEW_CHECKOUTS) return /^\d{1,15}:./.test(key);
  return table?.isNumbered !== true || /^\d{1,15}$/.test(key);
}

function partsOf(key: string): readonly [string, string] {
  const end = key.indexOf(":");
  return [key.slice(0, end), key.slice(end + 1)];
}

type ExportedRow = Record<string, SqlStorageValue>;

function recordOf(table: ExportedTable, startedAt: number, { export_key, ...row }: ExportedRow): ExportRecord {
  const { type, json } = table;
  return {
    cursor: `${nameOf(table)}:${startedAt}:${export_key as string | number}`,
    type,
    data: { ...row, ...Object.fromEntries(json.map((name) => [name, parsed(row[name] as string | null | undefined)])) },
  };
}

function parsed(text: string | null | undefined): unknown {
  return text == null ? null : (JSON.parse(text) as unknown);
}

/** Returns the value of a column; undefined for one that no export contains. */
function storedValue(value: unknown, isJson: boolean): SqlStorageValue | undefined {
  if (value === undefined || value === null) return null;
  if (isJson) return JSON.stringify(value);
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}
