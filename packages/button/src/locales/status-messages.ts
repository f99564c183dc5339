/** The status of a checkout, or the reason why it is not known. */
export type StatusWords =
  | "loading"
  | "open"
  | "processing"
  | "paid"
  | "expired"
  | "canceled"
  | "unknown"
  | "refused"
  | "trouble"
  | "offline";

/** The names of the status's texts: the words, the hints below them (`..._hint`), and the labels of facts and links. */
export type StatusMessageName = StatusWords | `${StatusWords}_hint` | "amount" | "reference" | "link" | "back";

/** The texts of the status in one language. */
export type StatusMessages = Readonly<Record<StatusMessageName, string>>;

export const en: StatusMessages = {
  loading: "Reading the payment's status",
  loading_hint: "This takes longer than usual.",
  open: "Not paid yet",
  open_hint: "This page shows it as soon as the payment is made.",
  processing: "Payment in progress",
  processing_hint: "It was made and is not confirmed yet. This page shows when it is.",
  paid: "Paid",
  paid_hint: "Your payment was received.",
  expired: "No longer payable",
  expired_hint: "The time to pay has passed.",
  canceled: "Canceled",
  canceled_hint: "This payment was canceled.",
  unknown: "Payment not found",
  unknown_hint: "The address of this page may be incomplete.",
  refused: "Status can't be shown",
  refused_hint: "This page is not set up completely. Ask the shop about your payment.",
  trouble: "Status unknown at the moment",
  trouble_hint: "The payment service can't be reached. This page tries again automatically.",
  offline: "You are offline",
  offline_hint: "This page shows the status when you are online again.",
  amount: "Amount",
  reference: "Reference",
  link: "Continue payment",
  back: "Back to the shop",
};
