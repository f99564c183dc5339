import * as z from "zod";
import { trimZeros } from "../../money/decimal.ts";

/** Euro only, the currency with which Qonto documents its payment links. */
const euro = z
  .string()
  .regex(/^[Ee][Uu][Rr]$/, 'must be "EUR"')
  .overwrite((currency) => currency.toUpperCase())
  .describe("`EUR`; `eur` is accepted, too.");

/** Strict: an amount in a request. Trailing zeros do not count: "12.0000" is 12.00. */
export const eurosSchema = z.strictObject({
  value: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,2}0{0,30})?$/, { error: ({ input }) => ruleBrokenBy(String(input)) })
    .overwrite(trimZeros),
  currency: euro,
});

/** Strict: an amount that the shop has not rounded to cents. It is read to six decimals. */
export const unroundedEurosSchema = z.strictObject({
  value: z.string().regex(/^\d{1,9}(\.\d{1,30})?$/, { error: ({ input }) => ruleBrokenBy(String(input)) }),
  currency: euro,
});

/** Returns the first rule that this text breaks. */
function ruleBrokenBy(text: string): string {
  if (/^[+-]/.test(text)) return 'must have no sign, like "12.00"';
  if (/^\d{10,}(\.|$)/.test(text)) return 'must be below 1000000000, like "12.00"';
  if (/^\d+\.\d{3,30}$/.test(text)) return "must be a decimal string with 2 decimal places at most";
  if (/^\d+\.\d{31,}$/.test(text)) return "must be a decimal string with 30 decimal places at most";
  return 'must be a decimal string, like "12.00"';
}
