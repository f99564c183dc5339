const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** How long after each attempt that failed the next one is made, as Standard Webhooks proposes: about 3 days in all. */
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

/** Up to this share is added, so that what failed together does not come back together. */
const JITTER = 0.1;

/** The whole schedule with all of its jitter, and an hour for what comes late. */
const GIVE_UP_AFTER_MS = PAUSES_MS.reduce((sum, pause) => sum + pause, 0) * (1 + JITTER) + HOUR;

/**
 * When an attempt is followed by the next one, in milliseconds of the epoch; null: it was the last one. What had to wait
 * for others of its queue until its own time was over is tried at least once, and not for another 3 days.
 *
 * @param attempts how many have failed, this one included.
 * @param begunAt when the schedule began.
 * @param random from 0 to 1.
 */
export function nextAttemptAt(attempts: number, begunAt: number, now: number, random: number): number | null {
  const pause = PAUSES_MS[attempts - 1];
  if (pause === undefined) return null;
  const at = now + pause * (1 + JITTER * random);
  return at > begunAt + GIVE_UP_AFTER_MS ? null : Math.ceil(at);
}
