import * as z from "zod";
import { paymentLinkSchema, paymentSchema } from "../../qonto/payment-link.schema.ts";
import { checkoutCreatedSchema } from "./checkout-response.schema.ts";
import { checkoutStatusSchema } from "./checkout.schema.ts";
import { pageSchema } from "../values/cursor.schema.ts";
import { moneySchema } from "../values/money.schema.ts";
import type { Checkout, CheckoutPage, CheckoutSnapshot } from "./server-checkout.ts";
import { OPENED_BY, openerSchema } from "./server-checkout.schema.ts";

/** A checkout at one point in time. */
export const checkoutSnapshotSchema = z
  .object({
    id: z.string(),
    opened_by: openerSchema.describe(OPENED_BY),
    status: checkoutStatusSchema,
    amount: moneySchema,
    reference: z
      .string()
      .nullable()
      .describe("If `opened_by` is `button`, the page or the shopper chose this text freely."),
    metadata: z.record(z.string(), z.string()),
    products: z
      .array(
        z.object({
          product: z.string().describe("Name of the product in the catalogue."),
          quantity: z.int().describe("1 for a product with an open amount, which is the `amount` of the checkout."),
        }),
      )
      .nullable()
      .describe(
        "The products of the catalogue that were sold, if `opened_by` is `button`; otherwise null, because the merchant's server knows its own items.",
      ),
    reusable: z.boolean(),
    created_at: z.iso.datetime(),
    url: z.string().nullable().describe("Qonto's hosted pay page; null while there is no link."),
    expires_at: z.string().nullable().describe("End of the payment period, in ISO 8601; null while there is no link."),
    success_url: z.string().nullable().describe("Where the status page leads after the payment."),
    cancel_url: z.string().nullable().describe("Where the status page leads before the payment."),
    locale: z.string().nullable().describe("Locale of the status page; null: the locale of the shopper's browser."),
    superseded_by: z
      .string()
      .nullable()
      .describe(
        "The checkout that replaced this one. The link of this one is being deactivated, and `status` follows within seconds.",
      ),
  })
  .describe("A checkout at one point in time.") satisfies z.ZodType<CheckoutSnapshot>;

/** A checkout as the merchant's server sees it. */
export const checkoutSchema = checkoutSnapshotSchema
  .extend({
    payment_count: z
      .int()
      .describe(
        "Number of payments that Qonto reports as paid. More than one is a duplicate payment, unless the checkout is reusable.",
      ),
    payments: z.array(paymentSchema).describe("The latest 100 payments, oldest first."),
    payment_link: paymentLinkSchema.nullable().describe("Qonto's link, as last read."),
    status_token: checkoutCreatedSchema.shape.status_token,
    status_url: z
      .string()
      .describe(
        "A page of the Worker that shows the shopper the status, links to Qonto's pay page while the checkout can be paid, and then to `success_url` or `cancel_url`. The URL contains the status token.",
      ),
  })
  .describe("A checkout as the merchant's server sees it.") satisfies z.ZodType<Checkout>;

/** Response of `GET /v1/checkouts`. */
export const checkoutPageSchema = pageSchema(checkoutSnapshotSchema)
  .extend({
    next_after: z
      .string()
      .describe(
        "The `after` of the next page, if it is not the `id` of the last checkout. Only in a search for several values (entries of `metadata`, `reference`) that each select thousands of checkouts: a request examines a limited number of them, so its page can be short or empty while `has_more` is true.",
      )
      .optional(),
  })
  .describe(
    "Checkouts, newest first. The last one's `id` is the `after` of the next page, unless there is a `next_after`.",
  ) satisfies z.ZodType<CheckoutPage>;
