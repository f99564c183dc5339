import { currencyExponent, isCurrencyCode } from "./currency.ts";
import { type Decimal, formatScaled, parseDecimal, roundToScale, toScale } from "./decimal.ts";
import type { Money } from "./money.ts";
import { MoneyError } from "./money-error.ts";

/** Amounts have at most 13 digits before the point, as in the request schemas of both contracts. */
const LARGEST_WHOLE = 10n ** 13n;

/**
 * Returns the amount in minor units of its currency (cents).
 *
 * @param param path of the amount in the caller's argument, for the error
 * @param decimals most decimals, if fewer than the currency has
 * @throws {MoneyError} `invalid_currency`, `invalid_amount`, `too_many_decimals` or `amount_too_large`
 */
export function toMinorUnits(amount: Money, param: string, decimals?: number): bigint {
  const value = readAmount(amount, param);
  const exponent = currencyExponent(amount.currency);
  const allowed = decimals ?? exponent;
  if (value.scale > allowed) {
    throw new MoneyError("too_many_decimals", `${param}.value`, `This amount takes ${allowed} decimals at most.`);
  }
  const minorUnits = toScale(value, exponent);
  assertPayableSize(minorUnits, amount.currency, `${param}.value`);
  return minorUnits;
}

/** An amount that was not rounded to minor units is read to six decimals: later decimals are floating-point noise. */
const UNROUNDED_DECIMALS = 6;

/** One minor unit, in the millionths that `toMillionths` returns. */
export const MILLIONTHS = 10n ** BigInt(UNROUNDED_DECIMALS);

/**
 * Returns an amount with any number of decimals, rounded half up to six, in millionths of a minor unit: 43.092 EUR is
 * 4_309_200_000.
 *
 * @param param path of the amount in the caller's argument, for the error
 * @throws {MoneyError} `invalid_currency`, `invalid_amount` or `amount_too_large`
 */
export function toMillionths(amount: Money, param: string): bigint {
  const minorUnit = 10n ** BigInt(currencyExponent(amount.currency));
  const millionths = roundToScale(readAmount(amount, param), UNROUNDED_DECIMALS) * minorUnit;
  assertPayableSize(millionths / MILLIONTHS, amount.currency, `${param}.value`);
  return millionths;
}

function readAmount(amount: Money, param: string): Decimal {
  if (!isCurrencyCode(amount.currency)) {
    throw new MoneyError("invalid_currency", `${param}.currency`, "A currency is an ISO 4217 code in capitals.");
  }
  const value = parseDecimal(amount.value);
  if (value === null) {
    throw new MoneyError("invalid_amount", `${param}.value`, "An amount is digits and at most one decimal point.");
  }
  return value;
}

/** @throws {MoneyError} `amount_too_large` if the amount has more than 13 digits before the point */
export function assertPayableSize(minorUnits: bigint, currency: string, param: string): void {
  if (minorUnits >= LARGEST_WHOLE * 10n ** BigInt(currencyExponent(currency))) {
    throw new MoneyError("amount_too_large", param, "An amount has 13 digits before the decimal point at most.");
  }
}

/** Returns the amount of a number of minor units, with all decimals of its currency: `(1330n, "EUR")` is 13.30. */
export function fromMinorUnits(minorUnits: bigint, currency: string): Money {
  return { value: formatScaled(minorUnits, currencyExponent(currency)), currency };
}
