import {
  DELIVERY_STATUSES,
  type DeliveryProblem,
  type DeliveryStatus,
  type MerchantEventType,
} from "@qonto-pay/core/api";
import { MOST_COUNTED, MOST_PRUNED, type Sql } from "./sql.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long a delivery can be read after it ended. `replaySince` relies on 30 days: it goes no further back. */
const KEEP_MS = { delivered: 30 * DAY_MS, dead: 90 * DAY_MS } as const;

export interface StoredDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly eventNumber: number;
  readonly eventId: string;
  readonly eventType: MerchantEventType;
  /** In each queue of an endpoint, only the earliest pending delivery is sent. */
  readonly queue: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly lastStatus: number | null;
  readonly lastProblem: DeliveryProblem | null;
  /** When it is sent next; null: it waits for an earlier one of its queue, or has ended. */
  readonly dueAt: number | null;
  /** When its retry schedule began: when it was created or replayed. */
  readonly begunAt: number;
  readonly createdAt: number;
}

/** A failed attempt. */
export interface FailedAttempt {
  readonly problem: DeliveryProblem;
  readonly status: number | null;
}

interface Row extends Record<string, SqlStorageValue> {
  number: number;
  id: string;
  endpoint_id: string;
  event_number: number;
  event_id: string;
  event_type: string;
  queue: string;
  status: string;
  attempts: number;
  last_status: number | null;
  last_problem: string | null;
  due_at: number | null;
  begun_at: number;
  created_at: number;
}

const SELECT = `SELECT deliveries.*, events.id AS event_id, events.type AS event_type
  FROM deliveries JOIN events ON events.number = deliveries.event_number`;

/** Whether an earlier delivery of the same queue must be sent before the row `deliveries`. */
const IS_BEHIND = `EXISTS (SELECT 1 FROM deliveries AS earlier WHERE earlier.endpoint_id = deliveries.endpoint_id
  AND earlier.queue = deliveries.queue AND earlier.status = 'pending'
  AND earlier.event_number < deliveries.event_number)`;

/** The queue of an event: its checkout, or its subject if it has none. */
const QUEUE = "coalesce(checkout_id, substr(type, 1, instr(type, '.') - 1))";

/** The deliveries of events to endpoints, pending and ended. Times are milliseconds since the epoch. */
export class Deliveries {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Adds a delivery of an event to an endpoint, after those of its queue that are still pending. */
  add(endpointId: string, eventNumber: number, now: number): void {
    const [row] = this.#sql.exec<{ queue: string }>(
      `INSERT INTO deliveries (endpoint_id, event_number, queue, begun_at, created_at)
       SELECT ?, number, ${QUEUE}, ?, ? FROM events WHERE number = ? RETURNING queue`,
      endpointId,
      now,
      now,
      eventNumber,
    );
    if (row !== undefined) this.#planFirst(endpointId, row.queue, now);
  }

  find(endpointId: string, id: string): StoredDelivery | null {
    const [row] = this.#sql.exec<Row>(`${SELECT} WHERE deliveries.id = ? AND endpoint_id = ?`, id, endpointId);
    return row === undefined ? null : deliveryOf(row);
  }

  /** Returns the deliveries after the delivery `after`, oldest first. Null if there is no such delivery. */
  list(
    endpointId: string,
    { status, after, limit }: { status: DeliveryStatus | null; after: string | undefined; limit: number },
  ): readonly StoredDelivery[] | null {
    const number = after === undefined ? 0 : this.#numberOf(endpointId, after);
    if (number === null) return null;
    // Each status is a range of an index.
    const found = (status === null ? DELIVERY_STATUSES : [status]).flatMap((one) =>
      this.#sql
        .exec<Row>(
          `${SELECT} WHERE endpoint_id = ? AND status = ? AND deliveries.number > ? ORDER BY deliveries.number LIMIT ?`,
          endpointId,
          one,
          number,
          limit,
        )
        .toArray(),
    );
    return found
      .toSorted((a, b) => a.number - b.number)
      .slice(0, limit)
      .map(deliveryOf);
  }

  /** Counts the deliveries of an endpoint with this status, up to `MOST_COUNTED`. */
  count(endpointId: string, status: "pending" | "dead"): number {
    const sql = `SELECT count(*) AS count FROM (
      SELECT 1 FROM deliveries WHERE endpoint_id = ? AND status = ? LIMIT ${MOST_COUNTED})`;
    return this.#sql.exec<{ count: number }>(sql, endpointId, status).one().count;
  }

  /** Returns the deliveries to send to an endpoint now, the longest due first. */
  due(endpointId: string, now: number, limit: number): readonly StoredDelivery[] {
    return this.#sql
      .exec<Row>(`${SELECT} WHERE endpoint_id = ? AND due_at <= ? ORDER BY due_at LIMIT ?`, endpointId, now, limit)
      .toArray()
      .map(deliveryOf);
  }

  /** Returns the time at which a delivery to an endpoint is due after this time; null if none is scheduled. */
  nextDue(endpointId: string, after: number): number | null {
    const sql = "SELECT min(due_at) AS at FROM deliveries WHERE endpoint_id = ? AND due_at > ?";
    return this.#sql.exec<{ at: number | null }>(sql, endpointId, after).one().at;
  }

  /** Leases a delivery that is being sent. Without a result by then, it is sent again. */
  lease(id: string, until: number): void {
    this.#sql.exec("UPDATE deliveries SET due_at = ? WHERE id = ?", until, id);
  }

  recordDelivered({ id, endpointId, queue }: StoredDelivery, status: number, now: number): void {
    this.#sql.exec(
      `UPDATE deliveries SET status = 'delivered', attempts = attempts + 1, last_status = ?, last_problem = NULL,
         due_at = NULL, ended_at = ? WHERE id = ?`,
      status,
      now,
      id,
    );
    this.#planFirst(endpointId, queue, now);
  }

  /** @param dueAt when it is sent again; null: it becomes a dead letter. */
  recordFailed(delivery: StoredDelivery, { problem, status }: FailedAttempt, dueAt: number | null, now: number): void {
    this.#sql.exec(
      `UPDATE deliveries SET status = ?, attempts = attempts + 1, last_status = ?, last_problem = ?,
         due_at = CASE WHEN ${IS_BEHIND} THEN NULL ELSE ? END, ended_at = ? WHERE id = ?`,
      dueAt === null ? "dead" : "pending",
      status,
      problem,
      dueAt,
      dueAt === null ? now : null,
      delivery.id,
    );
    this.#planFirst(delivery.endpointId, delivery.queue, now);
  }

  /** Restarts the retry schedule of a delivery, in any status. */
  replay({ id, endpointId, queue }: StoredDelivery, now: number): void {
    this.#sql.exec(
      `UPDATE deliveries SET status = 'pending', attempts = 0, begun_at = ?, due_at = NULL, ended_at = NULL
       WHERE id = ?`,
      now,
      id,
    );
    // The delivery that was first until now may have to wait again.
    this.#sql.exec(
      `UPDATE deliveries SET due_at = NULL
       WHERE endpoint_id = ? AND queue = ? AND status = 'pending' AND ${IS_BEHIND}`,
      endpointId,
      queue,
    );
    this.#planFirst(endpointId, queue, now);
  }

  /** Restarts the retry schedule of all pending deliveries of an endpoint. */
  resume(endpointId: string, now: number): void {
    this.#sql.exec(
      "UPDATE deliveries SET attempts = 0, begun_at = ?, due_at = NULL WHERE endpoint_id = ? AND status = 'pending'",
      now,
      endpointId,
    );
    this.#sql.exec(
      `UPDATE deliveries SET due_at = ? WHERE endpoint_id = ? AND status = 'pending' AND NOT ${IS_BEHIND}`,
      now,
      endpointId,
    );
  }

  /**
   * Schedules every event since a time that was not delivered to an endpoint: dead deliveries, pending ones (at once),
   * and events without a delivery to it.
   *
   * @param types of the events; null: all of them.
   * @returns how many deliveries were dead before, or are new.
   */
  replaySince(endpointId: string, since: number, types: readonly string[] | null, now: number): number {
    const revived = this.#sql.exec(
      `UPDATE deliveries SET status = 'pending', ended_at = NULL WHERE endpoint_id = ? AND status = 'dead'
         AND event_number IN (SELECT number FROM events WHERE created_at >= ?) RETURNING id`,
      endpointId,
      since,
    );
    const added = this.#sql.exec(
      `INSERT INTO deliveries (endpoint_id, event_number, queue, begun_at, created_at)
       SELECT ?, number, ${QUEUE}, ?, ? FROM events
       WHERE number IN (SELECT number FROM events WHERE created_at >= ?) AND (? IS NULL OR type IN (SELECT value FROM json_each(?)))
         AND NOT EXISTS (SELECT 1 FROM deliveries WHERE endpoint_id = ? AND event_number = events.number)
       ORDER BY number RETURNING id`,
      endpointId,
      now,
      now,
      since,
      types === null ? null : 1,
      JSON.stringify(types ?? []),
      endpointId,
    );
    const count = revived.toArray().length + added.toArray().length;
    this.resume(endpointId, now);
    return count;
  }

  removeAllOf(endpointId: string): void {
    this.#sql.exec("DELETE FROM deliveries WHERE endpoint_id = ?", endpointId);
  }

  /**
   * Deletes deliveries that ended long ago, `MOST_PRUNED` of each status at most. @returns whether more may be left.
   */
  prune(now: number): boolean {
    const deleted = (["delivered", "dead"] as const).map(
      (status) =>
        this.#sql
          .exec(
            `DELETE FROM deliveries WHERE number IN (
             SELECT number FROM deliveries WHERE status = ? AND ended_at < ? LIMIT ${MOST_PRUNED}) RETURNING number`,
            status,
            now - KEEP_MS[status],
          )
          .toArray().length,
    );
    return deleted.some((count) => count === MOST_PRUNED);
  }

  /**
   * Deletes the deliveries of events that are deleted, because none of them can be sent. Deliveries that waited
   * in a queue behind one of them are sent now. Call synchronously with the deletion of the events.
   */
  removeOfEvents(numbers: readonly number[], now: number): void {
    const removed = this.#sql
      .exec<{ endpoint_id: string; queue: string; status: string }>(
        `DELETE FROM deliveries WHERE event_number IN (SELECT value FROM json_each(?))
         RETURNING endpoint_id, queue, status`,
        JSON.stringify(numbers),
      )
      .toArray();
    for (const { endpoint_id, queue, status } of removed) {
      if (status === "pending") this.#planFirst(endpoint_id, queue, now);
    }
  }

  /** Makes the first pending delivery of a queue due now, unless it is scheduled already. */
  #planFirst(endpointId: string, queue: string, now: number): void {
    this.#sql.exec(
      `UPDATE deliveries SET due_at = ? WHERE due_at IS NULL AND number = (SELECT number FROM deliveries
         WHERE endpoint_id = ? AND queue = ? AND status = 'pending' ORDER BY event_number LIMIT 1)`,
      now,
      endpointId,
      queue,
    );
  }

  #numberOf(endpointId: string, id: string): number | null {
    const sql = "SELECT number FROM deliveries WHERE endpoint_id = ? AND id = ?";
    const [row] = this.#sql.exec<{ number: number }>(sql, endpointId, id);
    return row?.number ?? null;
  }
}

function deliveryOf(row: Row): StoredDelivery {
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    eventNumber: row.event_number,
    eventId: row.event_id,
    eventType: row.event_type as MerchantEventType,
    queue: row.queue,
    status: row.status as DeliveryStatus,
    attempts: row.attempts,
    lastStatus: row.last_status,
    lastProblem: row.last_problem as DeliveryProblem | null,
    dueAt: row.due_at,
    begunAt: row.begun_at,
    createdAt: row.created_at,
  };
}
