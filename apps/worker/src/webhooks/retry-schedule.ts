const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** The pause after each failed attempt, as Standard Webhooks proposes: about 3 days in total. */
const PAUSES_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

/** The highest share that is added at random, so that simultaneous failures are not retried simultaneously. */
const JITTER = 0.1;

/** The whole schedule with all of its jitter, and an hour for late attempts. */
const GIVE_UP_AFTER_MS = PAUSES_MS.reduce((sum, pause) => sum + pause, 0) * (1 + JITTER) + HOUR;

/**
 * Returns the time at which the next attempt follows, in milliseconds since the epoch; null after the last one. A
 * delivery that waited in its queue beyond its own schedule gets at least one attempt, but not another 3 days.
 *
 * @param attempts failed attempts, including this one.
 * @param begunAt when the schedule began.
 * @param random from 0 to 1.
 */
export function nextAttemptAt(attempts: number, begunAt: number, now: number, random: number): number | null {
  const pause = PAUSES_MS[attempts - 1];
  if (pause === undefined) return null;
  const at = now + pause * (1 + JITTER * random);
  return at > begunAt + GIVE_UP_AFTER_MS ? null : Math.ceil(at);
}
