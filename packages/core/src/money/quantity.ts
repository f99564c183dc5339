import { type Decimal, decimalOfNumber, formatScaled, parseDecimal, roundToScale } from "./decimal.ts";
import { MoneyError } from "./money-error.ts";

/** Floats of shops carry noise from the 15th digit on; no shop sells by the millionth of a millionth. */
const QUANTITY_DECIMALS = 6;

/**
 * Reads a quantity from its shortest decimal form, rounded half up to six decimals: 0.1 + 0.2 is 0.3.
 *
 * @param param path of the quantity in the caller's argument, for the error
 * @throws {MoneyError} `invalid_quantity` for anything but a number from 0.000001 to below 1e15
 */
export function readQuantity(quantity: number, param: string): Decimal {
  const decimal = roundedDecimal(quantity);
  if (decimal === null || decimal.digits === 0n) {
    throw new MoneyError(
      "invalid_quantity",
      param,
      "A quantity is a number of 0.000001 or more. It is rounded to six decimals.",
    );
  }
  return decimal;
}

/** Returns the quantity without floating-point noise, rounded to six decimals, or the input if it is not a quantity. */
export function roundQuantity(quantity: number): number {
  const decimal = roundedDecimal(quantity);
  return decimal === null ? quantity : numberOf(decimal);
}

/** Returns this decimal as the number that JSON writes. */
export function numberOf({ digits, scale }: Decimal): number {
  return Number(formatScaled(digits, scale));
}

function roundedDecimal(quantity: number): Decimal | null {
  const decimal = decimalOfNumber(quantity);
  if (decimal === null || decimal.scale <= QUANTITY_DECIMALS) return decimal;
  return parseDecimal(formatScaled(roundToScale(decimal, QUANTITY_DECIMALS), QUANTITY_DECIMALS));
}
