import { isIntegrationError, type OwnProblemCode, type Problem } from "../api/problem.ts";

/**
 * The values of the `label` attribute.
 *
 * An order button must state the obligation to pay, with nothing else on it. Otherwise the order does not bind the
 * consumer: Directive 2011/83/EU, art. 8(2), https://rokas.com/eu-consumer-rights-directive. Only the words on the
 * button count: CJEU C-249/21, https://www.scl.org/12571-cjeu-rules-on-requirements-for-obligation-to-pay-button/.
 * `donate` and `tip` are for gifts, not for orders.
 *
 * Each law gives an example and accepts any other wording that is unambiguous:
 *
 * - `de`: "zahlungspflichtig bestellen", § 312j (3) BGB, https://lexetius.com/BGB/312j,1. "Kaufen" is accepted:
 *   https://huettl-vierkorn.de/die-buttonloesung-im-online-handel-%C2%A7-312j-abs-3-bgb/. "Abonnieren" alone is not:
 *   OLG Düsseldorf, 8 February 2024, I-20 UKlaG 4/23.
 * - `en`: "order with obligation to pay", UK SI 2013/3134, reg. 14(4),
 *   https://www.geldards.com/insights/consumer-contracts-the-obligation-to-pay/.
 * - `es`: "pedido con obligación de pago", art. 98.2 TRLGDCU,
 *   https://www.derecho.com/c/index.php?oldid=239952&title=Pedido_con_obligaci%C3%B3n_de_pago.
 * - `fr`: "commande avec obligation de paiement", art. L221-14 Code de la consommation,
 *   https://mdc-avocat.fr/bouton-commande-avec-obligation-de-paiement.
 * - `it`: "ordine con obbligo di pagare", art. 51(2) Codice del consumo,
 *   https://doctrine.it/norms/codes/itatextk7vqz3g4hk2ogxv/articles/itaartjs9r2in7a8y7hq.
 * - `nl`: "bestelling met betalingsverplichting", art. 6:230v(3) BW,
 *   https://www.sdu.nl/content/commentaar-op-burgerlijk-wetboek-boek-6-art-230v-vermogensrecht. Thuiswinkel.org accepts
 *   "Betalen", "Kopen" and "Bestellen en betalen":
 *   https://dibevo.nl/nieuws/verkeerde-bestelknop-webwinkel-kan-grote-gevolgen-hebben.
 * - `pt`: "encomenda com obrigação de pagar", art. 5(4) Decreto-Lei 24/2014,
 *   https://debates.parlamento.pt/catalogo/r3/dar/s2a/15/01/073/2022-08-12/45.
 */
export type PayLabel = "pay" | "buy" | "order" | "book" | "subscribe" | "donate" | "tip";

/** Names of the words that replace the label in a state, and of the slots that replace these words. */
export type StateWords = "error" | "waiting" | "processing" | "paid";

/**
 * The names of the button's texts.
 *
 * - The values of the `label` attribute: see {@link PayLabel}.
 * - `error`, `waiting`, `processing`, `paid`: the words on the button instead of the label.
 * - `..._hint`: instructions below the button.
 * - `..._spoken`: announcements for screen readers when the state changes. An error message is announced on its own.
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

/** The texts of the button in one language. */
export type Messages = Readonly<Record<MessageName, string>>;

/**
 * The texts of the button in a language other than English. They include texts for problems that the Worker reports,
 * since its messages are in English. `unavailable` is the text for codes without their own text.
 */
export type TranslatedMessages = Messages &
  Readonly<
    Record<"unavailable" | "price_changed" | "offer_expired" | "amount_out_of_range" | "quantity_out_of_range", string>
  >;

/** Texts of the page that replace the button's own, by name or by the code of a problem. */
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

/** Returns the text with this name, which may come from an attribute. Undefined if there is none. */
export function textOf(messages: OwnMessages, name: string | null | undefined): string | undefined {
  return Object.hasOwn(messages, name ?? "") ? messages[name ?? ""] : undefined;
}

/** Returns the text about a problem: that of its code, or the Worker's message if it is in the same language. */
export function problemText(problem: Problem, messages: OwnMessages): string {
  const { code, message = code } = problem;
  const unavailable = textOf(messages, "unavailable");
  const inAnyCase = isIntegrationError(problem) ? textOf(messages, "incomplete") : unavailable;
  return textOf(messages, code) ?? (unavailable === undefined ? message : (inAnyCase ?? message));
}
