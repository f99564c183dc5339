import * as z from "zod";
import type { CheckoutCreated, CheckoutStatusReport, Price } from "./checkout.ts";
import { moneySchema } from "../values/money.schema.ts";
import { checkoutStatusSchema } from "./checkout.schema.ts";

const statusToken = z.string().describe("Allows its holder to read the status of this checkout, and nothing else.");

/** Response of `POST /v1/checkouts` with a publishable key. */
export const checkoutCreatedSchema = z
  .object({
    id: z.string(),
    status: checkoutStatusSchema,
    amount: moneySchema,
    url: z.string().describe("Qonto's hosted pay page."),
    expires_at: z.string().nullable().describe("End of the payment period, in ISO 8601; null if no end is known."),
    status_token: statusToken,
  })
  .describe("A checkout as the shopper's page sees it.") satisfies z.ZodType<CheckoutCreated>;

/** Response of `GET /v1/checkouts/{id}/status`, and the data of each of its server-sent events. */
export const checkoutStatusReportSchema = z
  .object({
    id: z.string(),
    status: checkoutStatusSchema,
    amount: moneySchema,
    reference: z.string().optional(),
  })
  .describe("The status of a checkout.") satisfies z.ZodType<CheckoutStatusReport>;

/** Response of `POST /v1/prices`. */
export const priceSchema = z
  .object({
    amount: moneySchema.describe("What the shopper pays, VAT included."),
    open_amount: z
      .object({ min: moneySchema, max: moneySchema })
      .describe("The bounds of the amount, for a product with an open amount.")
      .optional(),
    min_quantity: z.int().describe("The smallest quantity, for a single product with a fixed price.").optional(),
    max_quantity: z.int().describe("The largest quantity, for a single product with a fixed price.").optional(),
  })
  .describe("The price of a purchase.") satisfies z.ZodType<Price>;
