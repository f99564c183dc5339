/** The direction in which half a minor unit is rounded: up, or to the even neighbour. */
export type RoundingMode = "half_up" | "half_even";

/** Returns `dividend / divisor` as the nearest whole number. The dividend is 0 or more, the divisor more than 0. */
export function divideRounded(dividend: bigint, divisor: bigint, mode: RoundingMode): bigint {
  const quotient = dividend / divisor;
  const twiceRest = (dividend % divisor) * 2n;
  if (twiceRest < divisor) return quotient;
  if (twiceRest > divisor || mode === "half_up") return quotient + 1n;
  return quotient + (quotient % 2n);
}
