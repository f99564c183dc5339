import { z } from "zod";

/** A VAT rate as it is sent. */
export const vatRateSchema = z
  .string()
  .regex(
    /^\d{1,2}(\.\d{1,2})?$/,
    'must be a percentage from 0 to 99.99 with 2 decimal places at most, as a decimal string like "21.0"',
  )
  .describe('Percentage as a decimal string: `"21.0"`.');
