/** Returns how long to wait after so many failures in a row: `shortest` after none, doubled by each, at most `longest`. */
export function backoff(failures: number, { shortest, longest }: { shortest: number; longest: number }): number {
  return Math.min(shortest * 2 ** failures, longest);
}
