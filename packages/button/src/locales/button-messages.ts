import { isIntegrationError, type OwnProblemCode, type Problem } from "../api/problem.ts";

export type PayLabel = "pay" | "buy" | "order" | "book" | "subscribe" | "donate" | "tip";

/** The words on the button instead of the label, and the name of the slot that replaces them. */
export type StateWords = "error" | "waiting" | "processing" | "paid";

/**
 * A name for each text of the button.
 *
 * - Those of the `label` attribute. A law of many countries wants these words to say that a payment follows.
 * - `error`, `waiting`, `processing`, `paid`: the words on the button instead of the label.
 * - `..._hint`: below the button.
 * - `..._spoken`: for screen readers, when the state changes; an error speaks for itself.
 * - Codes of problems.
 */
export type MessageName =
  | PayLabel
  | StateWords
  | "tab_hint"
  | "qr_hint"
  | "qr_code"
  | "qr_link"
  | "busy_spoken"
  | "processing_spoken"
  | "paid_spoken"
  | OwnProblemCode;

/** Everything the button says in one language. */
export type Messages = Readonly<Record<MessageName, string>>;

/**
 * Other languages than English also have texts for problems that the Worker tells of, since it tells them in English:
 * `unavailable` stands for all that have none of their own.
 */
export type TranslatedMessages = Messages &
  Readonly<
    Record<"unavailable" | "price_changed" | "offer_expired" | "amount_out_of_range" | "quantity_out_of_range", string>
  >;

/** Texts of the page in place of ours, by name, or by the code of a problem. */
export type OwnMessages = Readonly<Partial<Record<MessageName | (string & {}), string>>>;

export const en: Messages = {
  pay: "Pay",
  buy: "Buy now",
  order: "Order and pay",
  book: "Book and pay",
  subscribe: "Subscribe and pay",
  donate: "Donate",
  tip: "Leave a tip",
  error: "Try again",
  waiting: "Continue payment",
  processing: "Processing",
  paid: "Paid",
  tab_hint: "Pay in the other tab. This page will tell you when it is done.",
  qr_hint: "Scan the code to pay with your phone. This page will tell you when it is done.",
  qr_code: "QR code of the payment page",
  qr_link: "Pay on this device",
  busy_spoken: "Opening the payment page.",
  processing_spoken: "Your payment is being processed.",
  paid_spoken: "Your payment was received.",
  network: "The payment service can't be reached. Check your connection and try again.",
  bad_answer: "The payment service gave an unexpected answer. Please try again.",
  incomplete: "This payment button is not set up completely.",
  pay_url_not_allowed: "The payment page can't be confirmed as genuine. Nothing was charged.",
  popup_blocked: "The payment page can't be opened from here. Allow tabs, or open this page in its own tab.",
};

/** The text of this name, which may come from an attribute. Undefined where there is none. */
export function textOf(messages: OwnMessages, name: string | null | undefined): string | undefined {
  return Object.hasOwn(messages, name ?? "") ? messages[name ?? ""] : undefined;
}

/** What a shopper reads about a problem: the text of its code, else the Worker's where that is in the same language. */
export function problemText(problem: Problem, messages: OwnMessages): string {
  const { code, message = code } = problem;
  const unavailable = textOf(messages, "unavailable");
  const inAnyCase = isIntegrationError(problem) ? textOf(messages, "incomplete") : unavailable;
  return textOf(messages, code) ?? (unavailable === undefined ? message : (inAnyCase ?? message));
}
