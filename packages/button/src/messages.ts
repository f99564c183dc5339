import type { PaymentState } from "./payment-controller.ts";
import { isMistakeOfPage, type OwnProblemCode, type Problem } from "./problem.ts";

/** Where the words on the button come from, and the name of the slot that replaces them. */
export type Words = "label" | "error" | "processing" | "paid";

export type PayLabel = "pay" | "buy" | "order" | "book" | "subscribe" | "donate" | "tip";

/** Everything the button says in one language. Texts for the Worker's answers come with the answers. */
export interface Messages {
  /** BCP 47 tag of the texts. */
  readonly lang: string;
  /** By the `label` attribute. A law of many countries wants these words to say that a payment follows. */
  readonly labels: Readonly<Record<PayLabel, string>>;
  /** Instead of the label. */
  readonly states: Readonly<Record<Exclude<Words, "label">, string>>;
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

/** A state with something to say has words of its own, but nobody is told to try again what can't succeed. */
export function wordsFor(state: PaymentState, problem: Problem | undefined): Words {
  if (state === "idle" || state === "busy") return "label";
  return problem !== undefined && isMistakeOfPage(problem) ? "label" : state;
}

/** The text of these words; a `label` that is unknown reads "Pay". */
export function labelText(words: Words, label: string | null | undefined, { labels, states }: Messages): string {
  if (words !== "label") return states[words];
  return Object.hasOwn(labels, label ?? "") ? labels[label as PayLabel] : labels.pay;
}

/** What a shopper reads about a problem. */
export function problemText(problem: Problem, { problems }: Messages): string {
  return problem.message ?? problems[problem.code];
}
