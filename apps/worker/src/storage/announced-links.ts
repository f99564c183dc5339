import { MOST_PRUNED, type Sql } from "./sql.ts";

/** A link that an event from Qonto named while no checkout owned it. */
export interface AnnouncedLink {
  /** Id of the link at Qonto. */
  readonly id: string;
  /** How many reads of the link failed. */
  readonly failures: number;
}

/** The Worker gives up on a link that can't be read for this long: as long as Qonto's own events are kept. */
const KEEP_MS = 90 * 24 * 60 * 60 * 1000;

/** Links named by Qonto's events that may be orphans of a create call. Times are milliseconds since the epoch. */
export class AnnouncedLinks {
  readonly #sql: Sql;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** Stores a link to check at `dueAt`. A link that is stored already keeps its time. */
  add(linkId: string, dueAt: number, now: number): void {
    this.#sql.exec(
      "INSERT OR IGNORE INTO announced_links (link_id, announced_at, due_at) VALUES (?, ?, ?)",
      linkId,
      now,
      dueAt,
    );
  }

  /** Returns the links to check now, the longest due first. */
  due(now: number): readonly AnnouncedLink[] {
    return this.#sql
      .exec<{ link_id: string; failures: number }>(
        "SELECT link_id, failures FROM announced_links WHERE due_at <= ? ORDER BY due_at LIMIT 50",
        now,
      )
      .toArray()
      .map(({ link_id: id, failures }) => ({ id, failures }));
  }

  postpone(linkId: string, dueAt: number): void {
    this.#sql.exec("UPDATE announced_links SET due_at = ? WHERE link_id = ?", dueAt, linkId);
  }

  recordFailure(linkId: string, dueAt: number): void {
    const sql = "UPDATE announced_links SET due_at = ?, failures = failures + 1 WHERE link_id = ?";
    this.#sql.exec(sql, dueAt, linkId);
  }

  remove(linkId: string): void {
    this.#sql.exec("DELETE FROM announced_links WHERE link_id = ?", linkId);
  }

  /** Counts the links that were due before this time, or whose read failed. */
  countDueBefore(time: number): number {
    const sql = "SELECT count(*) AS due FROM announced_links WHERE due_at < ? OR failures > 0";
    return this.#sql.exec<{ due: number }>(sql, time).one().due;
  }

  /** Returns the time at which the next link after this time is due. */
  nextDue(after: number): number | null {
    const sql = "SELECT min(due_at) AS at FROM announced_links WHERE due_at > ?";
    return this.#sql.exec<{ at: number | null }>(sql, after).one().at;
  }

  /** Deletes links that are older, `MOST_PRUNED` at most. @returns whether more may be left. */
  prune(now: number): boolean {
    const deleted = this.#sql.exec(
      `DELETE FROM announced_links WHERE link_id IN (
         SELECT link_id FROM announced_links WHERE announced_at < ? LIMIT ${MOST_PRUNED}) RETURNING link_id`,
      now - KEEP_MS,
    );
    return deleted.toArray().length === MOST_PRUNED;
  }
}
