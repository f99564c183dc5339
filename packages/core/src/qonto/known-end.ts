/** An ISO 8601 date: `Date.parse` alone also reads a date out of "link 7". */
const ISO_DATE = /^\d{4}-\d\d-\d\d/;

/**
 * Returns the time at which something ends, in milliseconds since the epoch, or null if no end is known: the date is
 * absent, unreadable, not after 1970-01-01, or before the creation.
 *
 * Code must not compute with a payment link's `expiration_date` without this check. In Qonto's production every
 * observed link had Go's zero time, `0001-01-01T00:00:00Z` (field notes of 2026-11-29, observed by an integrator in
 * September 2026).
 *
 * @param createdAt when it was created, as Qonto wrote it. Ignored if unreadable.
 */
export function knownEnd(date: string | null | undefined, createdAt?: string): number | null {
  const time = timeOf(date);
  return time > 0 && time >= timeOf(createdAt) ? time : null;
}

/** Returns milliseconds since the epoch; 0 if the value is not a date. */
function timeOf(date: string | null | undefined): number {
  const time = ISO_DATE.test(date ?? "") ? Date.parse(date ?? "") : 0;
  return Number.isNaN(time) ? 0 : time;
}
