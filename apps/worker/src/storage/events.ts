import type { MerchantEvent, MerchantEventData, MerchantEventType } from "@qonto-pay/core/api";

/** As long as Qonto's own events are kept. */
const KEEP_MS = 90 * 24 * 60 * 60 * 1000;

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  type: string;
  data: string;
  created_at: number;
}

/** What happened, each transition once, in the order in which it happened. Times are milliseconds of the epoch. */
export class Events {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  add(id: string, type: MerchantEventType, data: MerchantEventData, now: number): void {
    this.#sql.exec(
      "INSERT INTO events (id, type, checkout_id, data, created_at) VALUES (?, ?, ?, ?, ?)",
      id,
      type,
      data.checkout?.id ?? null,
      JSON.stringify(data),
      now,
    );
  }

  /** Those after the event `after`, oldest first; from the first one on where it is undefined. Null: no such event. */
  list(after: string | undefined, limit: number): readonly MerchantEvent[] | null {
    const number = after === undefined ? 0 : this.#numberOf(after);
    if (number === null) return null;
    return this.#sql
      .exec<Row>(
        "SELECT id, type, data, created_at FROM events WHERE number > ? ORDER BY number LIMIT ?",
        number,
        limit,
      )
      .toArray()
      .map((row) => ({
        id: row.id,
        type: row.type as MerchantEventType,
        created_at: new Date(row.created_at).toISOString(),
        data: JSON.parse(row.data) as MerchantEventData,
      }));
  }

  /** Forgets what happened more than 90 days ago. */
  prune(now: number): void {
    this.#sql.exec("DELETE FROM events WHERE created_at < ?", now - KEEP_MS);
  }

  #numberOf(id: string): number | null {
    const row = this.#sql.exec<{ number: number }>("SELECT number FROM events WHERE id = ?", id).toArray()[0];
    return row?.number ?? null;
  }
}
