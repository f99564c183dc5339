import { z } from "zod";

/** Strict: an amount as it is sent. Euro only: what Qonto's payment links are documented with. */
export const eurosSchema = z.strictObject({
  value: z.string().regex(/^\d{1,9}(\.\d{1,2})?$/, { error: ({ input }) => ruleBrokenBy(String(input)) }),
  currency: z.literal("EUR"),
});

/** The one rule of several that this text breaks. */
function ruleBrokenBy(text: string): string {
  if (/^[+-]/.test(text)) return 'must have no sign, like "12.00"';
  if (/^\d{10,}(\.|$)/.test(text)) return 'must be below 1000000000, like "12.00"';
  if (/^\d+\.\d{3,}$/.test(text)) return "must be a decimal string with 2 decimal places at most";
  return 'must be a decimal string, like "12.00"';
}
