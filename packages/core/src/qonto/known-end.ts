/** An ISO 8601 date: `Date.parse` alone also reads a date out of "link 7". */
const ISO_DATE = /^\d{4}-\d\d-\d\d/;

/**
 * Returns the time at which something ends, in milliseconds of the epoch, or null where no end is known: the date is
 * absent, unreadable, or not after 1970-01-01.
 *
 * Nothing may be computed from a payment link's `expiration_date` without this question. In Qonto's production every link
 * was seen to have Go's zero time, `0001-01-01T00:00:00Z` (field notes of 2026-11-29, observed by an integrator in
 * September 2026).
 */
export function knownEnd(date: string | null | undefined): number | null {
  const time = ISO_DATE.test(date ?? "") ? Date.parse(date ?? "") : 0;
  return time > 0 ? time : null;
}
