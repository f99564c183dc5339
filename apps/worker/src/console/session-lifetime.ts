import type { StoredSession } from "../storage/console-sessions.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A session that is not used for this time ends. */
const IDLE_LIFE_MS = 12 * HOUR_MS;

/** A session ends this long after its sign-in, regardless of its use. */
const WHOLE_LIFE_MS = 7 * 24 * HOUR_MS;

/** For this time after a sign-in, a session may make the calls that need a fresh one. */
const FRESH_LIFE_MS = 10 * MINUTE_MS;

/** The use of a session is stored at most this often, because each store costs a write. */
const USE_STORED_EVERY_MS = 5 * MINUTE_MS;

/** The lifetime of the cookie, in seconds. */
export const COOKIE_LIFE_SECONDS = WHOLE_LIFE_MS / 1000;

type Times = Pick<StoredSession, "createdAt" | "usedAt">;

/** Returns when a session ends, unless it is used again before, in milliseconds since the epoch. */
export function endOf({ createdAt, usedAt }: Times): number {
  return Math.min(createdAt + WHOLE_LIFE_MS, usedAt + IDLE_LIFE_MS);
}

/** Returns until when a session is fresh, in milliseconds since the epoch. */
export function freshUntil({ createdAt }: Times): number {
  return createdAt + FRESH_LIFE_MS;
}

/** Returns the latest sign-in and the latest use of the sessions that have expired by now. */
export function expiredBy(now: number): { readonly createdBefore: number; readonly usedBefore: number } {
  return { createdBefore: now - WHOLE_LIFE_MS, usedBefore: now - IDLE_LIFE_MS };
}

/** Whether the use of a session at this time is to be stored. */
export function isUseStored({ usedAt }: Times, now: number): boolean {
  return now - usedAt >= USE_STORED_EVERY_MS;
}
