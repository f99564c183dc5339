/**
 * The names of the texts of the parts that most buttons do not have: the payment methods, and the amounts or the
 * quantity that a shopper chooses. `{min}` and `{max}` stand for the bounds of the product, `{example}` for an amount.
 */
export type PartMessageName =
  | "credit_card"
  | "choose_amount"
  | "other_amount"
  | "amount_format"
  | "amount_bounds"
  | "choose_quantity"
  | "fewer"
  | "more"
  | "quantity_bounds";

/** These texts in one language. Those of languages other than English are loaded with the texts of the button. */
export type PartMessages = Readonly<Record<PartMessageName, string>>;

export const en: PartMessages = {
  credit_card: "Card",
  choose_amount: "Amount in euros",
  other_amount: "Other",
  amount_format: "Enter an amount, such as {example}.",
  amount_bounds: "Enter an amount from {min} to {max}.",
  choose_quantity: "Quantity",
  fewer: "Decrease the quantity",
  more: "Increase the quantity",
  quantity_bounds: "Enter a quantity from {min} to {max}.",
};
