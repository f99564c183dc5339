import { currencyExponent, isCurrencyCode } from "./currency.ts";
import { formatScaled, parseDecimal, toScale } from "./decimal.ts";
import type { Money } from "./money.ts";
import { MoneyError } from "./money-error.ts";

/** 13 digits before the point: the size of `amount` that the request schemas of both contracts take. */
const LARGEST_WHOLE = 10n ** 13n;

/**
 * The amount in minor units of its currency (cents).
 *
 * @param param path of the amount in what the caller was given, for the error
 * @param decimals how many decimals it may have, if fewer than the currency has
 * @throws {MoneyError} `invalid_currency`, `invalid_amount`, `too_many_decimals` or `amount_too_large`
 */
export function toMinorUnits(amount: Money, param: string, decimals?: number): bigint {
  if (!isCurrencyCode(amount.currency)) {
    throw new MoneyError("invalid_currency", `${param}.currency`, "A currency is an ISO 4217 code in capitals.");
  }
  const value = parseDecimal(amount.value);
  if (value === null) {
    throw new MoneyError("invalid_amount", `${param}.value`, "An amount is digits and at most one decimal point.");
  }
  const exponent = currencyExponent(amount.currency);
  const allowed = decimals ?? exponent;
  if (value.scale > allowed) {
    throw new MoneyError("too_many_decimals", `${param}.value`, `This amount takes ${allowed} decimals at most.`);
  }
  const minorUnits = toScale(value, exponent);
  assertPayableSize(minorUnits, amount.currency, `${param}.value`);
  return minorUnits;
}

/** @throws {MoneyError} `amount_too_large` when the amount has more than 13 digits before the point */
export function assertPayableSize(minorUnits: bigint, currency: string, param: string): void {
  if (minorUnits >= LARGEST_WHOLE * 10n ** BigInt(currencyExponent(currency))) {
    throw new MoneyError("amount_too_large", param, "An amount has 13 digits before the decimal point at most.");
  }
}

/** The amount of so many minor units, with all decimals of its currency: `(1330n, "EUR")` is 13.30. */
export function fromMinorUnits(minorUnits: bigint, currency: string): Money {
  return { value: formatScaled(minorUnits, currencyExponent(currency)), currency };
}
