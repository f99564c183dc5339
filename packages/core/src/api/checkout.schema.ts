import { z } from "zod";
import type { CreateCheckoutRequest, PriceQuery } from "./checkout.ts";

const money = z.strictObject({
  value: z.string().regex(/^\d{1,13}(\.\d{1,4})?$/, "must be a decimal string"),
  currency: z.string().regex(/^[A-Z]{3}$/, "must be an ISO 4217 currency code"),
});

const key = z.string().max(64);
const product = z.string().min(1).max(64);
const amount = z.string().max(20);

/** Strict: the browser's body of `POST /v1/checkouts`. Unknown fields are refused by name. */
export const createCheckoutRequestSchema = z
  .strictObject({
    key,
    product: product.optional(),
    quantity: z.number().optional(),
    amount: amount.optional(),
    items: z
      .array(z.strictObject({ product, quantity: z.number().optional() }))
      .min(1)
      .max(20)
      .optional(),
    offer: z.string().max(12_000).optional(),
    attempt_id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{8,64}$/, "must be 8 to 64 letters, digits, _ or -")
      .optional(),
    reference: z
      .string()
      .regex(/^[\x20-\x7e]{1,64}$/, "must be 1 to 64 printable ASCII characters")
      .optional(),
    shown_amount: money.optional(),
  })
  .refine(
    ({ product: named, items, offer }) => [named, items, offer].filter((field) => field !== undefined).length === 1,
    { path: ["product"], message: "must be given where neither `items` nor `offer` is" },
  )
  .refine(({ offer, reference }) => offer === undefined || reference === undefined, {
    path: ["reference"],
    message: "must not be given with `offer`",
  })
  .refine(
    ({ product: named, quantity, amount: open }) =>
      named !== undefined || (quantity === undefined && open === undefined),
    { path: ["items"], message: "`quantity` and `amount` must not be given without `product`" },
  ) satisfies z.ZodType<CreateCheckoutRequest>;

/** Strict: the query of `GET /v1/prices`, whose values are all text. */
export const priceQuerySchema = z.strictObject({
  key,
  product,
  quantity: z
    .string()
    .regex(/^\d{1,9}$/, "must be a whole number")
    .transform(Number)
    .optional(),
  amount: amount.optional(),
}) satisfies z.ZodType<PriceQuery>;
