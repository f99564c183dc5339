import type { Metadata } from "@qonto-pay/core/api";
import type { Sql } from "./sql.ts";

/** The fields of a checkout that are stored with its entries: lists are sorted by them. */
interface Owner {
  readonly id: string;
  /** Milliseconds of the epoch. */
  readonly createdAt: number;
}

/** Finds checkouts by an entry of their metadata, in the order of lists. The metadata itself is in `checkouts`. */
export class CheckoutMetadata {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Stores the difference between two states. Call synchronously with the write of the metadata. */
  replace({ id, createdAt }: Owner, before: Metadata, after: Metadata): void {
    for (const [name, value] of Object.entries(before)) {
      if (isEntryOf(after, name, value)) continue;
      const sql = "DELETE FROM checkout_metadata WHERE name = ? AND value = ? AND opened_at = ? AND checkout_id = ?";
      this.#sql.exec(sql, name, value, createdAt, id);
    }
    for (const [name, value] of Object.entries(after)) {
      if (isEntryOf(before, name, value)) continue;
      const sql = "INSERT INTO checkout_metadata (name, value, opened_at, checkout_id) VALUES (?, ?, ?, ?)";
      this.#sql.exec(sql, name, value, createdAt, id);
    }
  }
}

function isEntryOf(metadata: Metadata, name: string, value: string): boolean {
  return Object.hasOwn(metadata, name) && metadata[name] === value;
}
