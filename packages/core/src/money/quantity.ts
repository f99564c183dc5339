import { type Decimal, decimalOfNumber, formatScaled, parseDecimal, roundToScale } from "./decimal.ts";
import { MoneyError } from "./money-error.ts";

/** Floats of shops carry noise from the 15th digit on; no shop sells by the millionth of a millionth. */
const QUANTITY_DECIMALS = 6;

/**
 * Reads a quantity from its shortest decimal form, rounded half up to six decimals: 0.1 + 0.2 is 0.3.
 *
 * @param param path of the quantity in what the caller was given, for the error
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

/** The quantity without the noise of floats, rounded to six decimals; what is no quantity stays what it is. */
export function roundQuantity(quantity: number): number {
  const decimal = roundedDecimal(quantity);
  return decimal === null ? quantity : numberOf(decimal);
}

/** The number that JSON writes as this decimal. */
export function numberOf({ digits, scale }: Decimal): number {
  return Number(formatScaled(digits, scale));
}

function roundedDecimal(quantity: number): Decimal | null {
  const decimal = decimalOfNumber(quantity);
  if (decimal === null || decimal.scale <= QUANTITY_DECIMALS) return decimal;
  return parseDecimal(formatScaled(roundToScale(decimal, QUANTITY_DECIMALS), QUANTITY_DECIMALS));
}
