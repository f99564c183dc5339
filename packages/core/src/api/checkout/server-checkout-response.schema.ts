import * as z from "zod";
import { paymentLinkSchema, paymentSchema } from "../../qonto/payment-link.schema.ts";
import { checkoutCreatedSchema } from "./checkout-response.schema.ts";
import { checkoutStatusSchema } from "./checkout.schema.ts";
import { pageSchema } from "../values/cursor.schema.ts";
import { moneySchema } from "../values/money.schema.ts";
import type { Checkout, CheckoutPage, CheckoutSnapshot } from "./server-checkout.ts";
import { OPENED_BY, openerSchema } from "./server-checkout.schema.ts";

/** A checkout at one moment. */
export const checkoutSnapshotSchema = z
  .object({
    id: z.string(),
    opened_by: openerSchema.describe(OPENED_BY),
    status: checkoutStatusSchema,
    amount: moneySchema,
    reference: z.string().nullable().describe("Of a `button`, whatever its page or its shopper wrote."),
    metadata: z.record(z.string(), z.string()),
    reusable: z.boolean(),
    created_at: z.iso.datetime(),
    url: z.string().nullable().describe("Qonto's hosted pay page; null while there is no link."),
    expires_at: z
      .string()
      .nullable()
      .describe("When it can no longer be paid, in ISO 8601; null while there is no link."),
    success_url: z.string().nullable().describe("Where the status page leads once it is paid."),
    cancel_url: z.string().nullable().describe("Where the status page leads while it is not."),
    locale: z.string().nullable().describe("Locale of the status page; null: that of the shopper's browser."),
    superseded_by: z
      .string()
      .nullable()
      .describe(
        "The checkout that took its place: its link is being deactivated, and `status` follows within seconds.",
      ),
  })
  .describe("A checkout at one moment.") satisfies z.ZodType<CheckoutSnapshot>;

/** A checkout as the merchant's server sees it. */
export const checkoutSchema = checkoutSnapshotSchema
  .extend({
    payment_count: z
      .int()
      .describe("How many payments Qonto calls paid. More than one is one too many, unless it is reusable."),
    payments: z.array(paymentSchema).describe("The last 100 of them, oldest first."),
    payment_link: paymentLinkSchema.nullable().describe("Qonto's link, as it was last read."),
    status_token: checkoutCreatedSchema.shape.status_token,
    status_url: z
      .string()
      .describe(
        "A page of the Worker's that shows the shopper how it stands, leads to Qonto's pay page while it can be paid, and on to `success_url` or `cancel_url`. The token is in it.",
      ),
  })
  .describe("A checkout as the merchant's server sees it.") satisfies z.ZodType<Checkout>;

/** The answer of `GET /v1/checkouts`. */
export const checkoutPageSchema = pageSchema(checkoutSnapshotSchema).describe(
  "Checkouts, newest first. The last one's `id` is the `after` of the next page.",
) satisfies z.ZodType<CheckoutPage>;
