import * as z from "zod";
import { trimZeros } from "../../money/decimal.ts";

const RULE = 'must be a percentage from 0 to 99.99 with 2 decimal places at most, as a decimal string like "21.0"';
const FRACTION =
  'The VAT rate looks like a fraction. It is a percentage, so write "20" for 20 %. For a rate below 1 %, such as 0.9 % in Corsica, also set allow_small_vat_rate to true.';

const TOO_FINE = 'must be a percentage with 2 decimal places at most, not a fraction: "5.5" for 5.5 %';

/** A VAT rate in a request. Trailing zeros do not count: "20.0000" is 20 %. */
export const vatRateSchema = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,2}0{0,30})?$/, { error: ({ input }) => (isFraction(String(input)) ? TOO_FINE : RULE) })
  .overwrite(trimZeros)
  .describe('Percentage as a decimal string: `"21.0"`. Above 0 and below 1 only with `allow_small_vat_rate`.');

/** Belongs beside each `vatRateSchema`. */
export const allowSmallVatRateSchema = z
  .boolean()
  .describe(
    'Allows a `vat_rate` above 0 and below 1, such as 0.9 in Corsica. Without it such a rate is rejected, because `"0.2"` is almost always a fraction that was meant as `"20"`.',
  )
  .optional();

/** The rule that connects both fields, for `refine` of an object that has them. */
export const SMALL_VAT_RATE = { path: ["vat_rate"], message: FRACTION };

/** Returns whether a rate does not look like a fraction by mistake. */
export function isPercentage(taxed: {
  readonly vat_rate: string;
  readonly allow_small_vat_rate?: boolean | undefined;
}): boolean {
  return taxed.allow_small_vat_rate === true || !isFraction(taxed.vat_rate);
}

function isFraction(rate: string): boolean {
  return /^0*\.\d*[1-9]\d*$/.test(rate);
}
