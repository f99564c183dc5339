import * as z from "zod";
import { trimZeros } from "../../money/decimal.ts";

const RULE = 'must be a percentage from 0 to 99.99 with 2 decimal places at most, as a decimal string like "21.0"';
const FRACTION =
  'The VAT rate looks like a fraction: it is a percentage, so write "20" for 20 %. For a rate that is below 1 %, such as 0.9 % in Corsica, set allow_small_vat_rate to true beside it.';

const TOO_FINE = 'must be a percentage with 2 decimal places at most, and no fraction: "5.5" for 5.5 %';

/** A VAT rate as it is sent. Zeros at the end do not count: "20.0000" is 20 %. */
export const vatRateSchema = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,2}0{0,30})?$/, { error: ({ input }) => (isFraction(String(input)) ? TOO_FINE : RULE) })
  .overwrite(trimZeros)
  .describe('Percentage as a decimal string: `"21.0"`. Above 0 and below 1 only with `allow_small_vat_rate`.');

/** Stands beside each `vatRateSchema`. */
export const allowSmallVatRateSchema = z
  .boolean()
  .describe(
    'Allows a `vat_rate` above 0 and below 1, such as 0.9 in Corsica: `"0.2"` is almost always a fraction that was meant as `"20"`.',
  )
  .optional();

/** The rule between both: for `refine` of what has them. */
export const SMALL_VAT_RATE = { path: ["vat_rate"], message: FRACTION };

/** Whether a rate is no fraction by mistake, as far as that can be seen. */
export function isPercentage(taxed: {
  readonly vat_rate: string;
  readonly allow_small_vat_rate?: boolean | undefined;
}): boolean {
  return taxed.allow_small_vat_rate === true || !isFraction(taxed.vat_rate);
}

function isFraction(rate: string): boolean {
  return /^0*\.\d*[1-9]\d*$/.test(rate);
}
