import type { MerchantEvent, MerchantEventData, MerchantEventType } from "@qonto-pay/core/api";
import { MOST_COUNTED, MOST_PRUNED } from "./sql.ts";

/** As long as Qonto's own events are kept. */
const KEEP_MS = 90 * 24 * 60 * 60 * 1000;

interface Row extends Record<string, SqlStorageValue> {
  id: string;
  type: string;
  data: string;
  created_at: number;
}

/** Events of one type. */
type EventSummary = {
  readonly count: number;
  /** Number of the newest one. */
  readonly number: number;
  /** Checkout of the newest one. */
  readonly checkoutId: string | null;
};

const COLUMNS = "id, type, data, created_at";

/** Types of events about payments that need the merchant's decision. */
export type ReviewedType = Extract<
  MerchantEventType,
  "checkout.amount_mismatch" | "checkout.duplicate_payment" | "checkout.paid_after_superseded" | "payment.unmatched"
>;

/** The condition of the index `events_to_review`, in the same words. */
const IS_REVIEWED = `type IN ('checkout.amount_mismatch', 'checkout.duplicate_payment',
  'checkout.paid_after_superseded', 'payment.unmatched')`;

/** The merchant's events, one for each transition, in order. Times are milliseconds since the epoch. */
export class Events {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
  }

  /** @returns the event's number. Numbers follow the order of the events. */
  add(id: string, type: MerchantEventType, data: MerchantEventData, now: number): number {
    return this.#sql
      .exec<{ number: number }>(
        "INSERT INTO events (id, type, checkout_id, data, created_at) VALUES (?, ?, ?, ?, ?) RETURNING number",
        id,
        type,
        data.checkout?.id ?? null,
        JSON.stringify(data),
        now,
      )
      .one().number;
  }

  /** Returns an event by its number; null once it has expired. */
  find(number: number): MerchantEvent | null {
    const [row] = this.#sql.exec<Row>(`SELECT ${COLUMNS} FROM events WHERE number = ?`, number);
    return row === undefined ? null : eventOf(row);
  }

  /**
   * Returns the events after the event `after`, oldest first; all if it is undefined. Null if there is no such event.
   */
  list(after: string | undefined, limit: number): readonly MerchantEvent[] | null {
    const number = after === undefined ? 0 : this.#numberOf(after);
    if (number === null) return null;
    return this.#sql
      .exec<Row>(`SELECT ${COLUMNS} FROM events WHERE number > ? ORDER BY number LIMIT ?`, number, limit)
      .toArray()
      .map(eventOf);
  }

  /**
   * Counts the events of a type up to `MOST_COUNTED`, with the number and the checkout of the newest one; 0 and null if
   * there is none.
   */
  summaryOf(type: ReviewedType): EventSummary {
    return this.#sql
      .exec<EventSummary>(
        `SELECT count(*) AS count, coalesce(max(number), 0) AS number, checkout_id AS checkoutId FROM (
           SELECT number, checkout_id FROM events WHERE ${IS_REVIEWED} AND type = ?
           ORDER BY number DESC LIMIT ${MOST_COUNTED})`,
        type,
      )
      .one();
  }

  /** Deletes events that are older than 90 days, `MOST_PRUNED` at most. @returns the numbers of the deleted events. */
  prune(now: number): readonly number[] {
    return this.#sql
      .exec<{ number: number }>(
        `DELETE FROM events WHERE number IN (
           SELECT number FROM events WHERE created_at < ? LIMIT ${MOST_PRUNED}) RETURNING number`,
        now - KEEP_MS,
      )
      .toArray()
      .map(({ number }) => number);
  }

  #numberOf(id: string): number | null {
    const row = this.#sql.exec<{ number: number }>("SELECT number FROM events WHERE id = ?", id).toArray()[0];
    return row?.number ?? null;
  }
}

/** Converts a row. `recordEvent` ensures that it has the data of its type. */
function eventOf({ id, type, data, created_at }: Row): MerchantEvent {
  return { id, type, created_at: new Date(created_at).toISOString(), data: JSON.parse(data) } as MerchantEvent;
}
