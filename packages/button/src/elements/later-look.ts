import type { CheckoutStatusReport } from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";
import type { Problem } from "../api/problem.ts";
import type { Mode } from "../checkout/pay-mode.ts";
import type { PaymentState } from "../checkout/payment-state.ts";
import type { Messages, OwnMessages } from "../locales/button-messages.ts";
import { styles } from "./later-look.styles.ts";

/** What a button shows depending on its state. */
export interface StateLook {
  /** The name of the slot that replaces the words. */
  readonly words: string;
  readonly amount: Money | undefined;
  /** The problem, in words for the shopper. */
  readonly message: string;
  /** The text for screen readers in this state. */
  readonly spoken: string;
  /** Why `spoken` is also visible. False if it is not. */
  readonly hint: Mode | "waiting" | "reference" | false | undefined;
}

/** The part of the button's controllers that this module reads. */
export interface LaterState {
  readonly state: PaymentState;
  readonly problem: Problem | undefined;
  readonly shownIn: Mode | undefined;
  readonly report: CheckoutStatusReport | undefined;
  readonly hasPayPage: boolean;
}
export interface ShownPrices {
  readonly amount: Money | undefined;
  readonly previous: Money | undefined;
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(styles);

/**
 * Returns what a button shows after a click that did not lead to the pay page. Most visits do not need it, so this module
 * is a separate chunk.
 *
 * @param message the problem, in words.
 * @param isMistake returns whether the author of the page must fix a problem.
 */
export function laterLook(
  element: Element,
  { state, problem, shownIn, report }: LaterState,
  price: ShownPrices,
  texts: Messages,
  message: string,
  isMistake: (problem: Problem) => boolean,
): StateLook {
  const { adoptedStyleSheets } = element.shadowRoot as ShadowRoot;
  if (!adoptedStyleSheets.includes(sheet)) adoptedStyleSheets.push(sheet);
  const isMade = state === "processing" || state === "paid";
  // The label stays if a click can pay, unless the page slots other words.
  const canRetry = problem === undefined || !isMistake(problem);
  const hasWords = isMade || (canRetry && element.querySelector(`:scope > [slot="${state}"]`) !== null);
  const hint = shownIn ?? (state === "waiting" && state);
  const spoken = (texts as OwnMessages)[hint ? `${hint}_hint` : `${state}_spoken`] ?? "";
  const reference = state === "paid" && report?.reference;
  return {
    words: hasWords ? state : "label",
    amount: isMade ? report?.amount : price.amount,
    message,
    spoken: reference ? `${spoken} ${texts.reference} ${reference}` : spoken,
    hint: reference ? "reference" : hint,
  };
}

/**
 * Returns a problem in words for the shopper. The Worker's message is for the author of the page.
 *
 * @param isMistake returns whether the author of the page must fix a problem.
 * @param own texts of the page.
 */
export function explainProblem(
  problem: Problem,
  { hasPayPage }: LaterState,
  price: ShownPrices,
  texts: Messages,
  own: OwnMessages | null | undefined,
  isMistake: (problem: Problem) => boolean,
  formatAmount: (money: Money) => string,
): string {
  const { code, status } = problem;
  const [now = "", was = ""] = [price.amount, price.previous].map((money) => money && formatAmount(money));
  const isChange = code === "price_changed" && now !== "" && was !== "" && now !== was;
  const known = Object.hasOwn(texts, code) ? (texts as OwnMessages)[code] : undefined;
  const text =
    (isChange ? texts.price_now?.replace("{now}", now).replace("{was}", was) : known) ??
    texts[isMistake(problem) ? "incomplete" : "unavailable"] ??
    texts.network;
  // A conflict with what the Worker stores may be a payment: `order_already_paid`. Before `price_changed`, the Worker
  // has read at Qonto that nothing is paid. A text of the page stays as it is.
  const isUncharged = !hasPayPage && (status !== 409 || code === "price_changed") && typeof own?.[code] !== "string";
  return isUncharged ? `${text} ${texts.uncharged}`.trim() : text;
}

/** The values of the attributes that take one of a few words. */
const WORDS: Readonly<Record<string, RegExp>> = {
  mode: /^(redirect|tab|qr)?$/,
  label: /^(pay|buy|order|book|subscribe|donate|tip)?$/,
  size: /^(small|medium|large)?$/,
  theme: /^(auto|light|dark)?$/,
};

/**
 * Returns whether an attribute has an unknown word. Here, because the first load has no room for the words: outside of
 * local pages, the mistake is explained after the first click.
 */
export function hasUnknownWord(element: Element): boolean {
  return Object.entries(WORDS).some(([name, words]) => !words.test(element.getAttribute(name) ?? ""));
}
