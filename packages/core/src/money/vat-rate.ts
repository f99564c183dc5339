import { formatScaled, parseDecimal, toScale } from "./decimal.ts";
import { MoneyError } from "./money-error.ts";

/** A percentage has four decimals at most, so a rate is a whole number of ten-thousandths of a percent. */
const RATE_DECIMALS = 4;

/** 100 % in the units of a rate: `net * (WHOLE + rate) / WHOLE` is the gross. */
export const WHOLE = 100n * 10n ** BigInt(RATE_DECIMALS);

/**
 * Reads a VAT rate ("21.0", "5.5") as ten-thousandths of a percent.
 *
 * @param param path of the rate in the caller's argument, for the error
 * @throws {MoneyError} `invalid_vat_rate` for any text but a plain decimal from 0 to 100 with four decimals at most
 */
export function parseVatRate(text: string, param: string): bigint {
  const decimal = parseDecimal(text);
  const rate = decimal === null || decimal.scale > RATE_DECIMALS ? null : toScale(decimal, RATE_DECIMALS);
  if (rate === null || rate > WHOLE) {
    throw new MoneyError(
      "invalid_vat_rate",
      param,
      "A VAT rate is a plain decimal from 0 to 100 with 4 decimals at most.",
    );
  }
  return rate;
}

/** Returns the shortest form of a rate: "21" for "21.0", "5.5" for "5.50". */
export function formatVatRate(rate: bigint): string {
  return formatScaled(rate, RATE_DECIMALS).replace(/\.?0+$/, "");
}
