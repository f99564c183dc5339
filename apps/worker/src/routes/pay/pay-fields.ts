import * as z from "zod";

const askedFor = {
  quantity: z.string().describe("A whole number within the product's bounds. 1 by default.").optional(),
  amount: z
    .string()
    .describe("Only for a product with an open amount, within its bounds: `12.50`, or `12,50`.")
    .optional(),
  reference: z.string().describe("The shop's own order number, at most 64 printable ASCII characters.").optional(),
};

/** The query of the pay page, for its documentation. */
export const PAY_QUERY = z.object({
  confirm: z
    .string()
    .describe(
      "With any value: shows the page for the purchase in the other parameters, to every visitor, and does not redirect to a link. Without it, the other parameters are ignored.",
    )
    .optional(),
  ...askedFor,
});

/** The form of the pay page, for its documentation. */
export const PAY_FORM = z.object({
  ...askedFor,
  attempt_id: z.string().describe("A new id for each page, so that a repeated click gets the same payment.").optional(),
  shown_amount: z
    .string()
    .describe(
      "The amount that the page showed, as `13.30 EUR`. It never sets a price: if the amount differs, the request is rejected with `price_changed`.",
    )
    .optional(),
});
