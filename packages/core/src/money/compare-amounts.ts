import { fromMinorUnits, toMinorUnits } from "./amount.ts";
import { parseDecimal, toScale } from "./decimal.ts";
import type { Money } from "./money.ts";
import { MoneyError } from "./money-error.ts";

/**
 * Whether two amounts are the same money: 13.3 EUR is 13.30 EUR, and 13.300 EUR too. What can't be read as an amount is
 * the same as nothing: this is the question of the amount guard, and "no" is its safe answer.
 */
export function isSameAmount(a: Money, b: Money): boolean {
  const left = parseDecimal(a.value);
  const right = parseDecimal(b.value);
  if (left === null || right === null || a.currency !== b.currency) return false;
  const scale = Math.max(left.scale, right.scale);
  return toScale(left, scale) === toScale(right, scale);
}

/**
 * Whether an amount that somebody typed lies within its bounds, both of them included.
 *
 * @throws {MoneyError} `invalid_amount`, `too_many_decimals`, `amount_too_large`, `invalid_currency` or
 * `mixed_currencies`; `param` starts with `amount`, `min` or `max`
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
 * The amount with exactly the decimals of its currency: "5" and "05.0" become "5.00" in EUR.
 *
 * @throws {MoneyError} `invalid_amount`, `too_many_decimals`, `amount_too_large` or `invalid_currency`; `param` starts
 * with `amount`
 */
export function normalizeAmount(amount: Money): Money {
  return fromMinorUnits(toMinorUnits(amount, "amount"), amount.currency);
}
