import type { RequestedItem } from "@qonto-pay/core/api";
import { formatAmount } from "@qonto-pay/core/format";
import { type PropertyValues, ReactiveElement } from "lit";
import { type ButtonLook, buildView } from "./button-view.ts";
import { QontoPayErrorEvent } from "./events/error-event.ts";
import { type Intent, isComplete, nameOfIntent } from "./intent.ts";
import { labelText, type Messages, messagesFor, problemText, wordsFor } from "./messages.ts";
import { nearestLang } from "./nearest-lang.ts";
import { parsedJson } from "./parsed-json.ts";
import { PaymentController } from "./payment-controller.ts";
import { PriceController } from "./price-controller.ts";
import { isMistakeOfPage, type Problem } from "./problem.ts";
import { styles } from "./qonto-pay-button.styles.ts";

/** Where this script came from. */
const OWN_ORIGIN = new URL(import.meta.url).origin;

/**
 * A button that sends the shopper to Qonto's hosted pay page, in the same tab.
 *
 * Children without a slot are the fallback for pages without JavaScript, such as a plain link; they are not shown once
 * the element is defined.
 *
 * @attr {string} key - Publishable key, `pk_{sandbox|live}_{merchant}`.
 * @attr {string} product - Name of a product in the merchant's catalogue.
 * @attr {number} quantity - Whole number; 1 where absent.
 * @attr {string} amount - Decimal string in major units, for products with an open amount.
 * @attr {string} items - JSON instead of a product: `[{"product": "mug", "quantity": 2}, ...]`, 1 to 20.
 * @attr {string} offer - What the merchant's own server signed, instead of a product.
 * @attr {string} reference - The shop's own order number; an offer has its own.
 * @attr {"pay"|"buy"|"order"|"book"|"subscribe"|"donate"|"tip"} label - The words on the button; `pay` where absent.
 * @attr {boolean} show-amount - Reads the price when the page loads, shows it, and lets nobody pay another one.
 * @attr {string} endpoint - Address of the Worker; where the script came from, if absent.
 * @attr {string} lang - Language of texts and amounts; the nearest `lang`, if absent.
 * @attr {boolean} disabled - No click does anything.
 * @attr {"light"|"dark"|"auto"} theme - `auto`, the default, follows the `color-scheme` of the page.
 *
 * @event {QontoPayStartEvent} qonto-pay-start - A click, before anything is sent. Cancelable.
 * @event {QontoPayRedirectEvent} qonto-pay-redirect - About to leave for the pay page. Cancelable.
 * @event {QontoPayStatusEvent} qonto-pay-status - The checkout of this button is first seen, or its status changed.
 * @event {QontoPayErrorEvent} qonto-pay-error - A price could not be read or a checkout not be made.
 *
 * @slot label - Content instead of the words of `label`.
 * @slot error - Content instead of "Try again", which is offered where that can help.
 * @slot processing - Content instead of "Processing".
 * @slot paid - Content instead of "Paid".
 *
 * @csspart button - The native button. Its state is a second part: `idle`, `busy`, `error`, `processing` or `paid`.
 * @csspart label - The words.
 * @csspart amount - The amount, with `show-amount`.
 * @csspart icon - The spinner and the check mark.
 * @csspart message - The error text below the button.
 *
 * @cssprop [--qonto-pay-background] - Background of the button.
 * @cssprop [--qonto-pay-color] - Text of the button.
 * @cssprop [--qonto-pay-error-color] - Text of the message.
 * @cssprop [--qonto-pay-focus] - Focus ring.
 * @cssprop [--qonto-pay-font] - The `font` shorthand of the button.
 * @cssprop [--qonto-pay-height=3rem] - Least height; never under 44 px.
 * @cssprop [--qonto-pay-radius=0.5rem] - Corners.
 */
export class QontoPayButton extends ReactiveElement {
  static override readonly styles = styles;
  static override readonly shadowRootOptions: ShadowRootInit = {
    ...ReactiveElement.shadowRootOptions,
    delegatesFocus: true,
  };
  static override readonly properties = {
    // React and Vue keep `key` to themselves: they can set the property by this name.
    publishableKey: { attribute: "key" },
    product: {},
    quantity: { type: Number },
    amount: {},
    items: { converter: { fromAttribute: itemsOf } },
    offer: {},
    reference: {},
    label: {},
    showAmount: { type: Boolean, attribute: "show-amount" },
    endpoint: {},
    disabled: { type: Boolean, reflect: true },
  };

  declare publishableKey: string | null | undefined;
  declare product: string | null | undefined;
  declare quantity: number | null | undefined;
  declare amount: string | null | undefined;
  declare items: readonly RequestedItem[] | null | undefined;
  declare offer: string | null | undefined;
  declare reference: string | null | undefined;
  declare label: string | null | undefined;
  declare showAmount: boolean | undefined;
  declare endpoint: string | null | undefined;
  declare disabled: boolean | undefined;

  #view: ((look: ButtonLook) => void) | undefined;
  readonly #price = new PriceController(
    this,
    () => {
      const intent = this.#intent();
      return this.showAmount && isComplete(intent) ? intent : undefined;
    },
    (problem) => this.#tell(problem),
  );
  readonly #payment = new PaymentController(this, {
    intent: () => this.#intent(),
    shownAmount: () => this.#price.amount,
    readPrice: () => this.#price.read(),
    onProblem: (problem) => this.#tell(problem),
  });
  /** The last mistake of the page that the console was told. */
  #warnedOf = "";

  // `lang` is HTMLElement's own property: only its changes are to be heard of.
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, "lang"];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    this.requestUpdate();
  }

  /** Clicks the button as a shopper does. */
  override click(): void {
    this.renderRoot.querySelector("button")?.click();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    this.#view = buildView(root, () => void this.#payment.pay());
    return root;
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    const { state, problem } = this.#payment;
    const messages = this.#messages();
    const words = wordsFor(state, problem);
    const amount = state === "processing" || state === "paid" ? undefined : this.#price.amount;
    this.#view?.({
      state,
      disabled: this.disabled === true,
      lang: messages.lang,
      words,
      label: labelText(words, this.label, messages),
      amount: amount === undefined ? "" : formatAmount(amount, nearestLang(this)),
      message: problem === undefined ? "" : problemText(problem, messages),
      spoken: messages.spoken[state],
    });
  }

  #messages(): Messages {
    return messagesFor(nearestLang(this));
  }

  #intent(): Intent {
    return {
      endpoint: (this.endpoint || OWN_ORIGIN).replace(/\/+$/, ""),
      key: this.publishableKey ?? "",
      product: this.product || undefined,
      quantity: this.quantity ?? undefined,
      amount: this.amount || undefined,
      items: this.items ?? undefined,
      offer: this.offer || undefined,
      reference: this.reference || undefined,
    };
  }

  #tell(problem: Problem): void {
    const { code, requestId } = problem;
    const message = problemText(problem, this.#messages());
    const mistake = code + nameOfIntent(this.#intent());
    if (isMistakeOfPage(problem) && mistake !== this.#warnedOf) {
      this.#warnedOf = mistake;
      console.warn("qonto-pay-button:", code, message, this);
    }
    this.dispatchEvent(new QontoPayErrorEvent(code, message, requestId));
  }
}

/** What is no list is none: the Worker says what is wrong with one. */
function itemsOf(attribute: string | null): readonly RequestedItem[] | undefined {
  const items = parsedJson(attribute ?? "");
  return Array.isArray(items) ? (items as readonly RequestedItem[]) : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "qonto-pay-button": QontoPayButton;
  }
}
