/** A date in HTTP's format. Other formats that `Date.parse` accepts differ by runtime. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * Reads `Retry-After`, which is a number of seconds or a date (RFC 9110, 10.2.3).
 *
 * @param nowMs milliseconds since the epoch.
 * @returns whole seconds from now, 0 for a date that has passed; undefined if there is none or it is neither.
 */
export function readRetryAfter(headers: Headers, nowMs: number): number | undefined {
  const text = headers.get("Retry-After")?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text);
  const time = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(time) ? undefined : Math.max(0, Math.ceil((time - nowMs) / 1000));
}
