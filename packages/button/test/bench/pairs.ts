/** Two buttons, measured one right after the other. */
export interface Pair {
  readonly ours: number;
  readonly theirs: number;
}

/** The ratio of our times to theirs. */
export interface Comparison {
  readonly pairs: readonly Pair[];
  /** The median of the pairs' ratios. */
  readonly ratio: number;
  /** With a confidence of 99%, the ratio is between these two. */
  readonly low: number;
  readonly high: number;
  /** Whether the ratio is at most the limit, with this confidence. */
  readonly holds: boolean;
}

/** The number of pairs between two checks of the interval. */
const STEP = 20;

/** The one before the first is measured too, and not counted. */
const WARM_UP = 1;

/**
 * Measures pairs until the interval of their ratio is on one side of the limit.
 *
 * A slow machine slows both members of a pair, and a busy one disturbs some pairs: neither moves the median of the
 * ratios. The members take turns in being the first.
 *
 * @param limit the ratio that our times promise.
 * @param most the largest number of pairs. If the limit is still within the interval then, the promise does not hold.
 */
export async function comparePairs(
  measureOurs: () => Promise<number>,
  measureTheirs: () => Promise<number>,
  limit: number,
  most: number,
): Promise<Comparison> {
  const pairs: Pair[] = [];
  for (let round = 1 - WARM_UP; ; round += 1) {
    const isOursFirst = round % 2 === 0;
    const first = await (isOursFirst ? measureOurs : measureTheirs)();
    const second = await (isOursFirst ? measureTheirs : measureOurs)();
    if (round < 1) continue;
    pairs.push(isOursFirst ? { ours: first, theirs: second } : { ours: second, theirs: first });
    const isLast = round >= most;
    if (!isLast && round % STEP !== 0) continue;
    const comparison = compare(pairs, limit);
    if (isLast || comparison.holds || comparison.low > limit) return comparison;
  }
}

/** Returns the middle of some numbers. */
export function median(values: readonly number[]): number {
  const sorted = sort(values);
  return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2;
}

/**
 * The interval needs no assumption about the noise: each ratio is as likely above as below the true median, so a
 * binomial distribution gives its ranks. 2.576 standard deviations contain 99% of it.
 */
function compare(pairs: readonly Pair[], limit: number): Comparison {
  const ratios = sort(pairs.map(({ ours, theirs }) => ours / theirs));
  const count = ratios.length;
  const rank = Math.floor(count / 2 - (2.576 * Math.sqrt(count)) / 2);
  // Fewer than eight pairs allow no statement.
  const low = ratios[rank - 1] ?? -Infinity;
  const high = ratios[count - rank] ?? Infinity;
  return { pairs, ratio: median(ratios), low, high, holds: high <= limit };
}

function sort(values: readonly number[]): readonly number[] {
  return values.toSorted((one, other) => one - other);
}
