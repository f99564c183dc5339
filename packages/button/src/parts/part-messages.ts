/** The names of the texts of the parts that most buttons do not have: the payment methods. */
export type PartMessageName = "credit_card";

/** These texts in one language. Those of languages other than English are loaded with the texts of the button. */
export type PartMessages = Readonly<Record<PartMessageName, string>>;

export const en: PartMessages = {
  credit_card: "Card",
};
