import type { OwnProblemCode } from "../api/problem.ts";
import type { PartMessages } from "../parts/part-messages.ts";

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

/** Names of the slots that replace the words on the button in a state. */
export type StateWords = "error" | "waiting" | "processing" | "paid";

/** The names of the texts that the first paint and the first click need, or that show a failed connection. */
export type EarlyMessageName =
  | PayLabel
  | "busy"
  | "processing"
  | "paid"
  | "busy_spoken"
  | "redirect_hint"
  | "network"
  | "uncharged";

/** The names of the texts for later states. */
export type LateMessageName =
  | "waiting_hint"
  | "tab_hint"
  | "qr_hint"
  | "qr_code"
  | "processing_spoken"
  | "paid_spoken"
  | "reference"
  | "price_now"
  | Exclude<OwnProblemCode, "network">
  | "unavailable"
  | "price_changed"
  | "offer_expired"
  | "order_already_paid"
  | "amount_out_of_range"
  | "quantity_out_of_range";

/**
 * The names of the button's texts.
 *
 * - The values of the `label` attribute: see {@link PayLabel}. They stay on the button until the payment is made.
 * - `busy`, `processing`, `paid`: the words on the button instead of the label.
 * - `..._hint`: instructions below the button.
 * - `..._spoken`: announcements for screen readers when the state changes. An error message is announced on its own.
 * - `price_now`: replaces the text of the code `price_changed` if both prices are known, `{now}` and `{was}`.
 * - `uncharged`: the end of the message about a problem, if it is certain.
 * - Codes of problems, of the button and of the Worker. `incomplete` is also the text for the Worker's codes of other
 *   mistakes of the page, and `unavailable` for its other codes.
 */
export type MessageName = EarlyMessageName | LateMessageName;

/** The texts of the button in one language. The late ones are loaded when a state needs them. */
export type Messages = Readonly<Record<EarlyMessageName, string>> & Readonly<Partial<Record<LateMessageName, string>>>;

/** All texts of the button in a language, with those of the parts that most buttons do not have. */
export type AllMessages = Readonly<Record<MessageName, string>> & PartMessages;

/** Texts of the page that replace the button's own, by name or by the code of a problem. */
export type OwnMessages = Readonly<Partial<Record<MessageName | (string & {}), string>>>;

/** The early texts in English. The others are in `button/en.ts`. */
export const en: Messages = {
  pay: "Pay",
  buy: "Buy now",
  order: "Order and pay",
  book: "Book and pay",
  subscribe: "Subscribe and pay",
  donate: "Donate",
  tip: "Leave a tip",
  busy: "Please wait…",
  processing: "Processing",
  paid: "Paid",
  busy_spoken: "Opening the payment page.",
  redirect_hint: "Opening the payment page. To return here afterwards, use your browser's back button.",
  network: "The payment service can't be reached. Check your connection and try again.",
  uncharged: "Nothing was charged.",
};
