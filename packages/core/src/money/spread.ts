import { divideRounded } from "./rounding.ts";
import { sum } from "./sum.ts";

/**
 * Spreads whole units over weights so that the shares add up to `total` and each is its exact share rounded up or down:
 * the units left over after rounding down go to the largest remainders, the earlier weight first among equal ones.
 *
 * A weight of zero gets nothing, and while `total` is at most the sum of the weights no share exceeds its weight.
 * `total` must be zero if all weights are zero. Nothing may be negative.
 */
export function spread(total: bigint, weights: readonly bigint[]): bigint[] {
  const all = sum(weights, (weight) => weight);
  if (all === 0n) return weights.map(() => 0n);
  return roundTogether(
    weights.map((weight) => total * weight),
    all,
  );
}

/**
 * Rounds each `dividend / divisor` up or down, so that they add up to their sum rounded half up: the largest remainders
 * are rounded up, the earlier one first among equal ones. Whole numbers stay unchanged. Nothing may be negative.
 */
export function roundTogether(dividends: readonly bigint[], divisor: bigint): bigint[] {
  const parts = dividends.map((dividend) => dividend / divisor);
  const total = divideRounded(
    sum(dividends, (dividend) => dividend),
    divisor,
    "half_up",
  );
  const left = Number(total - sum(parts, (part) => part));
  const remainders = dividends.map((dividend, index) => ({ index, size: dividend % divisor }));
  remainders.sort((a, b) => (a.size === b.size ? a.index - b.index : a.size > b.size ? -1 : 1));
  const lucky = new Set(remainders.slice(0, left).map((remainder) => remainder.index));
  return parts.map((part, index) => (lucky.has(index) ? part + 1n : part));
}
