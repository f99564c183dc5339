import { toMinorUnits } from "../amount.ts";
import type { BasketIntent } from "./basket-intent.ts";
import { linesByRate } from "../exact-line.ts";
import type { Money } from "../money.ts";
import { MoneyError } from "../money-error.ts";
import { spread } from "../spread.ts";
import { sum } from "../sum.ts";

interface ReducibleLine {
  /** The price of the line before the reduction, in whole minor units. */
  readonly amount: bigint;
  readonly rate: bigint;
}

/**
 * Returns each line's share of the basket's discount, in minor units.
 *
 * @param lines their amounts in the tax behaviour of their prices
 * @throws {MoneyError} `mixed_currencies`, `mixed_tax_behavior`, `discount_too_large` or the errors of `toMinorUnits`
 */
export function spreadDiscount(
  { discount, lines: sources }: BasketIntent,
  currency: string,
  lines: readonly ReducibleLine[],
): bigint[] {
  const total = readReduction(discount, "discount", currency);
  if (total > 0n && sources.some((line) => line.tax_behavior !== sources[0]?.tax_behavior)) {
    throw new MoneyError(
      "mixed_tax_behavior",
      "discount",
      "A discount needs prices that all contain VAT, or none that does.",
    );
  }
  if (total > sum(lines, (line) => line.amount)) {
    throw new MoneyError("discount_too_large", "discount.value", "A discount can't be more than the basket costs.");
  }
  return spreadOverRates(total, lines);
}

/**
 * Returns each line's share of the amount paid by other means, in minor units.
 *
 * @param lines their amounts after the discount, VAT included
 * @throws {MoneyError} `mixed_currencies`, `store_credit_too_large` or the errors of `toMinorUnits`
 */
export function spreadStoreCredit(
  { store_credit: credit }: BasketIntent,
  currency: string,
  lines: readonly ReducibleLine[],
): bigint[] {
  const total = readReduction(credit, "store_credit", currency);
  if (total > sum(lines, (line) => line.amount)) {
    const message = "Store credit can't be more than the basket costs after its discount.";
    throw new MoneyError("store_credit_too_large", "store_credit.value", message);
  }
  return spreadOverRates(total, lines);
}

function readReduction(amount: Money | undefined, param: string, currency: string): bigint {
  if (amount === undefined) return 0n;
  const total = toMinorUnits(amount, param);
  if (amount.currency === currency) return total;
  throw new MoneyError("mixed_currencies", `${param}.currency`, "All amounts of a basket share one currency.");
}

/**
 * Spreads a reduction over the VAT rates and then over the lines of each rate, in proportion to their prices. The
 * shares add up to `total`, and no share exceeds the price of its line.
 */
function spreadOverRates(total: bigint, lines: readonly ReducibleLine[]): bigint[] {
  if (total === 0n) return lines.map(() => 0n);
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
