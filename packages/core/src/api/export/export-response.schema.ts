import * as z from "zod";
import type { Erased, Restored } from "./export.ts";

/** Response of `POST /v1/merchants/{merchant}/restore`. */
export const restoredSchema = z
  .object({
    restored: z.int().describe("How many records were added."),
    skipped: z.int().describe("How many existed already."),
  })
  .describe("The result of a restoration.") satisfies z.ZodType<Restored>;

/** Response of `POST /v1/erase`. */
export const erasedSchema = z
  .object({
    deleted: z.int().describe("How many checkouts were deleted."),
    pseudonymized: z
      .int()
      .describe(
        "How many checkouts lost all personal data: those with a payment, and those that ended less than 30 days ago, which may still get one.",
      ),
    open: z
      .array(z.string())
      .describe("Ids of checkouts that can still be paid, or are being paid. They are unchanged: cancel them first."),
    has_more: z
      .boolean()
      .describe(
        "Whether more checkouts were found than one call erases. Repeat the call, with another `Idempotency-Key`.",
      ),
  })
  .describe("The result of an erasure.") satisfies z.ZodType<Erased>;
