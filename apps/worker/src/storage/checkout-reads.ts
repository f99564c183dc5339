import { type Checkout, COLUMNS, checkoutOf, type Row } from "./checkout-row.ts";
import { MOST_COUNTED, type Sql } from "./sql.ts";

/** When the link of each checkout is read from Qonto next. Times are milliseconds since the epoch. */
export class CheckoutReads {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Records an event from Qonto, so that the link is read now, before links without an event. */
  touch(id: string, now: number): void {
    this.#sql.exec(
      "UPDATE checkouts SET heard_at = ?, read_at = ?, failed_reads = 0, hinted = 1 WHERE id = ?",
      now,
      now,
      id,
    );
  }

  /** Schedules the next read of the link; null: never. */
  readLinkAt(id: string, time: number | null): void {
    this.#sql.exec("UPDATE checkouts SET read_at = ? WHERE id = ?", time, id);
  }

  /** Schedules a read of the link for this time, unless it is scheduled earlier. */
  readLinkBy(id: string, time: number): void {
    this.#sql.exec("UPDATE checkouts SET read_at = ? WHERE id = ? AND coalesce(read_at, ?) >= ?", time, id, time, time);
  }

  /**
   * Schedules a read for this time, unless it is scheduled earlier, for the link of every open checkout that is still
   * polled.
   */
  readOpenLinksBy(time: number): void {
    this.#sql.exec(
      "UPDATE checkouts SET read_at = ?, failed_reads = 0 WHERE hinted IN (0, 1) AND read_at > ? AND status IN ('open', 'processing')",
      time,
      time,
    );
  }

  /**
   * Records a complete read.
   *
   * @param planned the time that was set before the read. If an event has set another time meanwhile, that time stays.
   * @param isHinted whether the next read still belongs to the last event.
   */
  planNextRead(
    id: string,
    planned: number | null,
    { readAt, isHinted }: { readonly readAt: number | null; readonly isHinted: boolean },
  ): void {
    this.#sql.exec(
      "UPDATE checkouts SET read_at = ?, failed_reads = 0, hinted = ? WHERE id = ? AND read_at IS ?",
      readAt,
      isHinted ? 1 : 0,
      id,
      planned,
    );
  }

  /** @param planned as for `planNextRead`. */
  recordFailedRead(id: string, planned: number | null, readAt: number | null): void {
    this.#sql.exec(
      "UPDATE checkouts SET failed_reads = failed_reads + 1, read_at = ? WHERE id = ? AND read_at IS ?",
      readAt,
      id,
      planned,
    );
  }

  /** Schedules a read that could not be sent. It is no failed read. @param planned as for `planNextRead`. */
  postponeRead(id: string, planned: number | null, readAt: number): void {
    this.#sql.exec("UPDATE checkouts SET read_at = ? WHERE id = ? AND read_at IS ?", readAt, id, planned);
  }

  /**
   * Returns the checkouts whose link must be read now, the longest due first.
   *
   * @param isHinted true: the checkouts with an event from Qonto that was not read yet; false: the others.
   */
  due(isHinted: boolean, now: number, limit: number): readonly Checkout[] {
    const which = isHinted ? "hinted = 1" : "hinted = 0";
    return this.#sql
      .exec<Row>(
        `SELECT ${COLUMNS} FROM checkouts WHERE ${which} AND read_at <= ? ORDER BY read_at LIMIT ?`,
        now,
        limit,
      )
      .toArray()
      .map(checkoutOf);
  }

  /** Returns the time at which the next checkout after this time is due for reading. */
  nextReading(after = 0): number | null {
    return this.#sql
      .exec<{ at: number | null }>(
        `SELECT min(at) AS at FROM (
           SELECT min(read_at) AS at FROM checkouts WHERE hinted = 0 AND read_at > ?
           UNION ALL SELECT min(read_at) FROM checkouts WHERE hinted = 1 AND read_at > ?)`,
        after,
        after,
      )
      .one().at;
  }

  /** Returns how many reads were due before this time and have not run, up to `MOST_COUNTED`. */
  countDueBefore(time: number): number {
    return this.#sql
      .exec<{ due: number }>(
        `SELECT count(*) AS due FROM (
           SELECT 1 FROM checkouts WHERE hinted IN (0, 1) AND read_at < ? LIMIT ${MOST_COUNTED})`,
        time,
      )
      .one().due;
  }
}
