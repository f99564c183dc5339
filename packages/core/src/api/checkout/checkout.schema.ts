import * as z from "zod";
import { roundQuantity } from "../../money/quantity.ts";
import { CHECKOUT_STATUSES, type CreateCheckoutRequest, type PriceRequest } from "./checkout.ts";
import { hasSpaceAround } from "../../text/tidy-text.ts";
import { referenceSchema } from "../../text/text.schema.ts";
import { LONGEST_OFFER_CHARACTERS } from "./offer.ts";

const money = z.strictObject({
  value: z.string().regex(/^\d{1,13}(\.\d{1,4})?$/, "must be a decimal string"),
  currency: z
    .string()
    .regex(/^[A-Za-z]{3}$/, "must be an ISO 4217 currency code")
    .overwrite((currency) => currency.toUpperCase()),
});

const publishable_key = z.string().max(64).describe("The publishable key, `pk_{sandbox|live}_{merchant}`.");
const NO_SPACE_AROUND = "must have no white space around it";

/** Returns the schema of a name. White space around a name is rejected, because it would make another name. */
function nameSchema(most: number): z.ZodString {
  return z
    .string()
    .refine((text) => !hasSpaceAround(text), { error: NO_SPACE_AROUND, abort: true })
    .max(most);
}

const product = nameSchema(64).min(1).describe("Id of a product in the merchant's catalogue.");
/** A quantity that a page computed may carry floating-point noise. */
const quantity = z.number().overwrite(roundQuantity);
const amount = nameSchema(20).describe(
  "Decimal string in major units, within the product's bounds; only for a product with an open amount.",
);

const NO_KEY_AT_ALL =
  "must be given by a page: its publishable key. A server leaves it out and sends its secret key in the header Authorization: Bearer sk_...";

/** A request without a key comes from a page that lacks its key, or from a server that lacks its header. */
const keyOfPage = z
  .string({ error: ({ input }) => (input === undefined ? NO_KEY_AT_ALL : undefined) })
  .max(64)
  .describe("The publishable key, `pk_{sandbox|live}_{merchant}`.");
/** What the shopper buys: exactly one of product, items and offer. */
const purchase = {
  publishable_key,
  product: product.optional(),
  quantity: quantity.describe("Whole number within the product's bounds, 1 by default.").optional(),
  amount: amount.optional(),
  items: z
    .array(z.strictObject({ product, quantity: quantity.optional() }))
    .min(1)
    .max(20)
    .describe("Several products at once, instead of `product`.")
    .optional(),
  offer: nameSchema(LONGEST_OFFER_CHARACTERS)
    .describe("A price that the merchant's own server signed, instead of all of the above.")
    .optional(),
};

type Purchase = Omit<PriceRequest, "publishable_key">;

function countWays({ product: named, items, offer }: Purchase): number {
  return [named, items, offer].filter((field) => field !== undefined).length;
}
const isSaid = (said: Purchase): boolean => countWays(said) > 0;
const SAY_IT = { path: ["product"], message: "must be given where neither `items` nor `offer` is" };
const isSaidInOneWay = (said: Purchase): boolean => countWays(said) <= 1;
const SAY_IT_IN_ONE_WAY = { path: ["product"], message: "Give one of `product`, `items` and `offer`, not two." };

function isOfOneProduct({ product: named, quantity: pieces, amount: open }: Purchase): boolean {
  return named !== undefined || (pieces === undefined && open === undefined);
}
const NAME_ONE_PRODUCT = {
  path: ["items"],
  message: "`quantity` and `amount` must not be given without `product`",
};

/** Strict: the body of `POST /v1/prices`. */
export const priceRequestSchema = z
  .strictObject(purchase)
  .refine(isSaid, SAY_IT)
  .refine(isSaidInOneWay, SAY_IT_IN_ONE_WAY)
  .refine(isOfOneProduct, NAME_ONE_PRODUCT) satisfies z.ZodType<PriceRequest>;

/** Strict: the browser's body of `POST /v1/checkouts`. The error names an unknown field. */
export const createCheckoutRequestSchema = z
  .strictObject({
    ...purchase,
    publishable_key: keyOfPage,
    attempt_id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{8,64}$/, "must be 8 to 64 letters, digits, _ or -, without white space")
      .describe("One per purchase: the same attempt always gets the same checkout.")
      .optional(),
    reference: referenceSchema.describe("The shop's own order number. Not with `offer`, which has its own.").optional(),
    shown_amount: money
      .describe(
        "The amount that the page showed. It never sets the price: if the price differs, the request is rejected with `price_changed`.",
      )
      .optional(),
    challenge_solution: z
      .string()
      .max(2_000)
      .describe(
        'The solution of the challenge in `challenge_required`, as base64 of the JSON text `{"challenge": {"parameters", "signature"}, "solution": {"counter", "derivedKey"}}`. Send the `attempt_id` of the challenge, too.',
      )
      .optional(),
  })
  .refine(isSaid, SAY_IT)
  .refine(isSaidInOneWay, SAY_IT_IN_ONE_WAY)
  .refine(({ offer, reference }) => offer === undefined || reference === undefined, {
    path: ["reference"],
    message: "must not be given with `offer`",
  })
  .refine(isOfOneProduct, NAME_ONE_PRODUCT) satisfies z.ZodType<CreateCheckoutRequest>;

/** The status of a checkout. */
export const checkoutStatusSchema = z
  .enum(CHECKOUT_STATUSES)
  .describe("`paid` is final. `expired` and `canceled` change only if Qonto reports a late payment.");

/** Strict: the query of `GET /v1/checkouts/{id}/status`. Without a token, no checkout is found. */
export const checkoutStatusQuerySchema = z.strictObject({
  token: z
    .string()
    .default("")
    .describe("The `status_token` of the checkout. It allows its holder to read this status, nothing else."),
});
