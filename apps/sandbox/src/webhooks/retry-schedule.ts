import { backoff } from "@qonto-pay/web/backoff";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 3_600_000;
const GIVEN_UP_AFTER_MS = 3 * 86_400_000;

/**
 * Returns the time to send an event again after `attempts` failures: after 1 s, 2 s, 4 s and so on, up to an
 * hour. Undefined if the event would be older than three days. Qonto says "exponential backoff for a few days"; the
 * numbers are assumptions. Times are milliseconds since 1970.
 */
export function nextAttempt(attempts: number, createdAt: number, now: number): number | undefined {
  const next = now + backoff(attempts - 1, { shortest: FIRST_WAIT_MS, longest: LONGEST_WAIT_MS });
  return next - createdAt > GIVEN_UP_AFTER_MS ? undefined : next;
}
