import type { Sql } from "./sql.ts";

/** Enough for a share, and few enough to count while a flood arrives. */
const NEWEST = 100;

/**
 * Returns the paid share, from 0 to 1, of the newest 100 checkouts with a link that were opened before a time
 * (milliseconds since the epoch); 0 if there is none.
 */
export function readPaidShare(sql: Sql, before: number): number {
  const { opened, paid } = sql
    .exec<{ opened: number; paid: number | null }>(
      `SELECT count(link_id) AS opened, sum(status IN ('paid', 'processing')) AS paid
       FROM (SELECT link_id, status FROM checkouts WHERE created_at < ? ORDER BY created_at DESC, id DESC LIMIT ${NEWEST})`,
      before,
    )
    .one();
  return opened === 0 ? 0 : (paid ?? 0) / opened;
}
