import { fromMinorUnits, toMinorUnits } from "./amount.ts";
import { parseDecimal, toScale } from "./decimal.ts";
import type { Money } from "./money.ts";
import { MoneyError } from "./money-error.ts";

/**
 * Returns whether two amounts are equal: 13.3 EUR is 13.30 EUR, and 13.300 EUR too. A text that is not an amount equals
 * nothing, because the amount check asks this question and "no" is its safe answer.
 */
export function isSameAmount(a: Money, b: Money): boolean {
  const left = parseDecimal(a.value);
  const right = parseDecimal(b.value);
  if (left === null || right === null || a.currency !== b.currency) return false;
  const scale = Math.max(left.scale, right.scale);
  return toScale(left, scale) === toScale(right, scale);
}

/**
 * Returns whether an amount that a shopper typed is within its bounds, inclusive.
 *
 * @throws {MoneyError} `invalid_amount`, `too_many_decimals`, `amount_too_large`, `invalid_currency` or
 *   `mixed_currencies`; `param` starts with `amount`, `min` or `max`
 */
export function isAmountWithin(amount: Money, min: Money, max: Money): boolean {
  const asked = toMinorUnits(amount, "amount");
  const lowest = toMinorUnits(min, "min");
  const highest = toMinorUnits(max, "max");
  if (amount.currency !== min.currency || amount.currency !== max.currency) {
    throw new MoneyError("mixed_currencies", "amount.currency", "The amount and its bounds share one currency.");
  }
  return lowest <= asked && asked <= highest;
}

/**
 * Returns the amount with exactly the decimals of its currency: "5" and "05.0" become "5.00" in EUR.
 *
 * @throws {MoneyError} `invalid_amount`, `too_many_decimals`, `amount_too_large` or `invalid_currency`; `param` starts
 *   with `amount`
 */
export function normalizeAmount(amount: Money): Money {
  return fromMinorUnits(toMinorUnits(amount, "amount"), amount.currency);
}
