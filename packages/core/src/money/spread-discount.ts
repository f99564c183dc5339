import { toMinorUnits } from "./amount.ts";
import type { BasketIntent } from "./basket-intent.ts";
import { linesByRate } from "./exact-line.ts";
import { MoneyError } from "./money-error.ts";
import { spread } from "./spread.ts";
import { sum } from "./sum.ts";

interface DiscountableLine {
  /** What the line costs before the discount, in whole minor units, rounded down. */
  readonly amount: bigint;
  readonly rate: bigint;
}

/**
 * Each line's share of the basket's discount, in minor units. The discount is spread over the VAT rates and then over
 * the lines of each rate, by what they cost; shares add up to the discount, and no line gets more than it costs.
 *
 * @throws {MoneyError} `mixed_currencies`, `mixed_tax_behavior`, `discount_too_large` or what `toMinorUnits` throws
 */
export function spreadDiscount(
  { discount, lines: sources }: BasketIntent,
  currency: string,
  lines: readonly DiscountableLine[],
): bigint[] {
  if (discount === undefined) return lines.map(() => 0n);
  const total = toMinorUnits(discount, "discount");
  if (discount.currency !== currency) {
    throw new MoneyError("mixed_currencies", "discount.currency", "All amounts of a basket share one currency.");
  }
  if (total > 0n && sources.some((line) => line.tax_behavior !== sources[0]?.tax_behavior)) {
    throw new MoneyError("mixed_tax_behavior", "discount", "A discount needs prices that all contain VAT, or none.");
  }
  if (total > sum(lines, (line) => line.amount)) {
    throw new MoneyError("discount_too_large", "discount.value", "A discount can't be more than the basket costs.");
  }
  const groups = [...linesByRate(lines).values()];
  const ofGroups = spread(
    total,
    groups.map((group) => sum(group, (line) => line.amount)),
  );
  const shares = new Map(
    groups.flatMap((group, place) => {
      const ofLines = spread(
        ofGroups[place] as bigint,
        group.map((line) => line.amount),
      );
      return group.map((line, index) => [line, ofLines[index] as bigint] as const);
    }),
  );
  return lines.map((line) => shares.get(line) as bigint);
}
