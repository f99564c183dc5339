import { type Decimal, decimalOfNumber } from "./decimal.ts";
import { MoneyError } from "./money-error.ts";

/**
 * Reads a quantity, exactly as JSON wrote it: 0.1 is one tenth.
 *
 * @param param path of the quantity in what the caller was given, for the error
 * @throws {MoneyError} `invalid_quantity` for anything but a number above 0 that is written without an exponent
 */
export function readQuantity(quantity: number, param: string): Decimal {
  const decimal = decimalOfNumber(quantity);
  if (decimal === null || decimal.digits === 0n) {
    throw new MoneyError(
      "invalid_quantity",
      param,
      "A quantity is a number above 0 that can be written without an exponent.",
    );
  }
  return decimal;
}
