/**
 * Spreads whole units over weights so that the shares add up to `total` and each is its exact share rounded up or down:
 * the units left over after rounding down go to the largest remainders, the earlier weight first among equal ones.
 *
 * A weight of zero gets nothing, and while `total` is at most the sum of the weights no share exceeds its weight.
 * `total` must be zero when all weights are. Nothing may be negative.
 */
export function spread(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (sum === 0n) return weights.map(() => 0n);
  const shares = weights.map((weight) => (total * weight) / sum);
  const left = Number(shares.reduce((rest, share) => rest - share, total));
  const remainders = weights.map((weight, index) => ({ index, size: (total * weight) % sum }));
  remainders.sort((a, b) => (a.size === b.size ? a.index - b.index : a.size > b.size ? -1 : 1));
  const lucky = new Set(remainders.slice(0, left).map((remainder) => remainder.index));
  return shares.map((share, index) => (lucky.has(index) ? share + 1n : share));
}
