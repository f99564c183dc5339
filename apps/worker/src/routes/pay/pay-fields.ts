import * as z from "zod";

const askedFor = {
  quantity: z.string().describe("Whole number, 1 where not given; the product's bounds hold.").optional(),
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
      "With any value: the page for what the other words ask for, for whoever asks, and on to no link. Without it, the others say nothing.",
    )
    .optional(),
  ...askedFor,
});

/** The form of the pay page, for its documentation. */
export const PAY_FORM = z.object({
  ...askedFor,
  attempt_id: z
    .string()
    .describe("One for each page that is shown, so that a click that is repeated gets the same payment.")
    .optional(),
  shown_amount: z
    .string()
    .describe(
      "What the page showed, as `13.30 EUR`. It never sets a price: another one is refused with `price_changed`.",
    )
    .optional(),
});
