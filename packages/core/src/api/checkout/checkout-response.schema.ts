import * as z from "zod";
import type { CheckoutCreated, CheckoutStatusReport, Price } from "./checkout.ts";
import { moneySchema } from "../values/money.schema.ts";
import { checkoutStatusSchema } from "./checkout.schema.ts";

const statusToken = z.string().describe("Lets its holder read the status of this checkout, and nothing else.");

/** The answer of `POST /v1/checkouts` by publishable key. */
export const checkoutCreatedSchema = z
  .object({
    id: z.string(),
    status: checkoutStatusSchema,
    amount: moneySchema,
    url: z.string().describe("Qonto's hosted pay page."),
    expires_at: z
      .string()
      .nullable()
      .describe("When it can no longer be paid, in ISO 8601; null where no end is known."),
    status_token: statusToken,
  })
  .describe("A checkout as the shopper's page sees it.") satisfies z.ZodType<CheckoutCreated>;

/** The answer of `GET /v1/checkouts/{id}/status`, and the data of each of its server-sent events. */
export const checkoutStatusReportSchema = z
  .object({
    id: z.string(),
    status: checkoutStatusSchema,
    amount: moneySchema,
    reference: z.string().optional(),
  })
  .describe("How a checkout stands.") satisfies z.ZodType<CheckoutStatusReport>;

/** The answer of `POST /v1/prices`. */
export const priceSchema = z
  .object({ amount: moneySchema.describe("What the shopper will pay, VAT included.") })
  .describe("What something costs.") satisfies z.ZodType<Price>;
