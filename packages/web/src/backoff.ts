/**
 * Returns the wait after a number of failures in a row: `shortest` after none, twice as long after each, at most
 * `longest`. The result has the unit of both.
 */
export function backoff(failures: number, { shortest, longest }: { shortest: number; longest: number }): number {
  return Math.min(shortest * 2 ** failures, longest);
}
