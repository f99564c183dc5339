import type { PaymentState } from "./payment-controller.ts";
import type { OwnProblemCode, Problem } from "./problem.ts";

export type PayLabel = "pay" | "buy" | "order" | "book" | "subscribe" | "donate" | "tip";

/** Everything the button says in one language. Texts for the Worker's answers come with the answers. */
export interface Messages {
  /** BCP 47 tag of the texts. */
  readonly lang: string;
  /** By the `label` attribute. A law of many countries wants these words to say that a payment follows. */
  readonly labels: Readonly<Record<PayLabel, string>>;
  /** Instead of the label. */
  readonly states: Readonly<Record<"error" | "processing" | "paid", string>>;
  /** For screen readers, when the state changes; an error speaks for itself. */
  readonly spoken: Readonly<Record<PaymentState, string>>;
  readonly problems: Readonly<Record<OwnProblemCode, string>>;
}

const en: Messages = {
  lang: "en",
  labels: {
    pay: "Pay",
    buy: "Buy now",
    order: "Order and pay",
    book: "Book and pay",
    subscribe: "Subscribe and pay",
    donate: "Donate",
    tip: "Leave a tip",
  },
  states: { error: "Try again", processing: "Processing", paid: "Paid" },
  spoken: {
    idle: "",
    error: "",
    busy: "Opening the payment page.",
    processing: "Your payment is being processed.",
    paid: "Your payment was received.",
  },
  problems: {
    network: "The payment service can't be reached. Check your connection and try again.",
    bad_answer: "The payment service gave an unexpected answer. Please try again.",
    incomplete: "This payment button is not set up completely.",
    pay_url_not_allowed: "The payment page could not be confirmed as genuine. Nothing was charged.",
  },
};

const languages: Readonly<Record<string, Messages>> = { en };

/** The texts in the language of a BCP 47 tag, else in English. */
export function messagesFor(lang: string): Messages {
  return languages[lang.slice(0, 2).toLowerCase()] ?? en;
}

/** The words on the button: those of its state, else those of the `label` attribute, else "Pay". */
export function labelText(state: PaymentState, label: string | null | undefined, messages: Messages): string {
  const { labels, states } = messages;
  if (state !== "idle" && state !== "busy") return states[state];
  return Object.hasOwn(labels, label ?? "") ? labels[label as PayLabel] : labels.pay;
}

/** What a shopper reads about a problem. */
export function problemText(problem: Problem, { problems }: Messages): string {
  return problem.message ?? problems[problem.code];
}
