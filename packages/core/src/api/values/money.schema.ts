import * as z from "zod";
import type { Money } from "../../money/money.ts";

/** An amount in a response of the Worker. */
export const moneySchema = z
  .object({
    value: z.string().describe("Major units as a plain decimal string: `13.30`."),
    currency: z.string().describe("ISO 4217."),
  })
  .describe("An amount.") satisfies z.ZodType<Money>;
