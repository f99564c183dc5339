import { z } from "zod";
import type { CreateCheckoutRequest } from "./checkout.ts";

const money = z.strictObject({
  value: z.string().regex(/^\d{1,13}(\.\d{1,4})?$/, "must be a decimal string"),
  currency: z.string().regex(/^[A-Z]{3}$/, "must be an ISO 4217 currency code"),
});

/** Strict: the browser's body of `POST /v1/checkouts`. Unknown fields are refused by name. */
export const createCheckoutRequestSchema = z.strictObject({
  key: z.string().max(64),
  product: z.string().min(1).max(64),
  quantity: z.number().optional(),
  amount: z.string().max(20).optional(),
  attempt_id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{8,64}$/, "must be 8 to 64 letters, digits, _ or -")
    .optional(),
  reference: z
    .string()
    .regex(/^[\x20-\x7e]{1,64}$/, "must be 1 to 64 printable ASCII characters")
    .optional(),
  shown_amount: money.optional(),
}) satisfies z.ZodType<CreateCheckoutRequest>;
