import type { RequestedItem } from "@qonto-pay/core/api";
import { formatAmount } from "@qonto-pay/core/format";
import type { Money } from "@qonto-pay/core/money";
import { type PropertyValues, ReactiveElement } from "lit";
import { type ButtonView, buildView } from "./button-view.ts";
import type { StateLook } from "./later-look.ts";
import { QontoPayErrorEvent } from "../events/error-event.ts";
import { type Purchase, isComplete } from "../checkout/purchase.ts";
import { withHelp } from "../help/load-help.ts";
import { BUTTON_LOCALES } from "../locales/button-locales.ts";
import { LocaleController, overrideMessages } from "../locales/locale-controller.ts";
import { type Messages, type OwnMessages, type PayLabel } from "../locales/button-messages.ts";
import { endpointOf, workerRequest } from "../api/worker-request.ts";
import type { ButtonContext } from "../checkout/button-context.ts";
import { type Mode, modeOf } from "../checkout/pay-mode.ts";
import { PaymentController } from "../checkout/payment-controller.ts";
import { isLocked } from "../checkout/payment-state.ts";
import { PriceController } from "../checkout/price-controller.ts";
import { isIntegrationError, type Problem } from "../api/problem.ts";
import { styles } from "./qonto-pay-button.styles.ts";

/** The look of the states after a click. Undefined until they are loaded. */
let later: typeof import("./later-look.ts") | undefined;

/** Attribute names that React writes when it renders on a server. React does not set these properties on hydration. */
const AS_RENDERED: Readonly<Record<string, string>> = {
  publishablekey: "publishable-key",
  showamount: "show-amount",
  quantityinput: "quantity-input",
};

/**
 * A button that sends the shopper to Qonto's hosted pay page and shows the status of the payment.
 *
 * Children without a slot are the fallback for pages without JavaScript: texts, links and pictures. They are hidden once
 * the element is defined. Other content stays visible below the button.
 *
 * @attr {string} publishable-key - Publishable key, `pk_{sandbox|live}_{merchant}`.
 * @attr {string} product - Name of a product in the merchant's catalogue.
 * @attr {number} quantity - Whole number. Default: 1.
 * @attr {boolean} quantity-input - The shopper chooses the quantity. `quantity` is the quantity before the choice.
 * @attr {string} amount - Decimal string in major units, for products with an open amount.
 * @attr {string} amounts - Amounts for the shopper to choose from, separated by spaces. One more choice has a field for any
 *   amount. Default choice: `amount`, else the first one.
 * @attr {string} items - JSON instead of a product: `[{"product": "mug", "quantity": 2}, ...]`, 1 to 20.
 * @attr {string} offer - An offer that the merchant's server signed, instead of a product.
 * @attr {string} reference - The shop's order number. An offer contains its own.
 * @attr {"redirect"|"tab"|"qr"} mode - Where the pay page opens: in place of this page (`redirect`, the default), in
 *   another tab (`tab`), or on a phone that scans a QR code (`qr`, which is `redirect` on a phone). In a frame,
 *   `redirect` opens a tab.
 * @attr {"pay"|"buy"|"order"|"book"|"subscribe"|"donate"|"tip"} label - The words on the button. Default: `pay`.
 * @attr {boolean} show-amount - Reads the price on page load and shows it. The shopper can't pay another price.
 * @attr {string} methods - Payment methods to show below the button, separated by spaces: `credit_card`, `apple_pay`,
 *   `paypal`, `ideal`.
 * @attr {string} messages - JSON object: texts that replace the button's own, by name.
 * @attr {string} endpoint - Address of the Worker. Default: the origin of the script.
 * @attr {string} lang - Language of texts and amounts. Default: the nearest `lang` of the page.
 * @attr {boolean} disabled - The button ignores clicks.
 * @attr {"light"|"dark"|"auto"} theme - Default: `auto`, which follows the `color-scheme` of the page.
 * @attr {"small"|"medium"|"large"} size - Default: `medium`. Every size is at least 44 px high.
 * @attr {boolean} full-width - The button takes the full width of its container.
 *
 * @event {QontoPayStartEvent} qonto-pay-start - Fires on a click, before any request is sent. Cancelable.
 * @event {QontoPayChangeEvent} qonto-pay-change - Fires when the shopper has chosen another amount or quantity.
 * @event {QontoPayRedirectEvent} qonto-pay-redirect - Fires before the pay page opens. Cancelable.
 * @event {QontoPayStatusEvent} qonto-pay-status - Fires when the checkout's status is first known and when it changes.
 * @event {QontoPayErrorEvent} qonto-pay-error - Fires when a price can't be read or a checkout can't be created.
 *
 * @slot label - Content instead of the words of `label`.
 * @slot error - Content instead of the label after an error, if a retry can help.
 * @slot waiting - Content instead of the label while an open checkout can be continued.
 * @slot processing - Content instead of "Processing".
 * @slot paid - Content instead of "Paid".
 *
 * @csspart button - The native button. Its state is a second part: `idle`, `busy`, `error`, `waiting`, `processing` or
 *   `paid`.
 * @csspart label - The words.
 * @csspart amount - The amount, with `show-amount`.
 * @csspart icon - The spinner and the check mark.
 * @csspart choice - The amounts, or the quantity, above the button.
 * @csspart chip - One of the amounts. The chosen one has the second part `selected`.
 * @csspart field - The text field for another amount or the quantity.
 * @csspart step - The buttons − and + beside the quantity.
 * @csspart choice-message - The bounds of the product, and why a typed value can't be paid.
 * @csspart message - The error text below the button.
 * @csspart hint - Instructions for an open checkout, and the reference of a paid one.
 * @csspart code - The QR code.
 * @csspart methods - The payment methods.
 * @csspart method - One of them, with its drawing and its name.
 *
 * @cssprop [--qonto-pay-background] - Background of the button.
 * @cssprop [--qonto-pay-color] - Text color of the button.
 * @cssprop [--qonto-pay-error-color] - Text color of the error message.
 * @cssprop [--qonto-pay-focus] - Color of the focus ring.
 * @cssprop [--qonto-pay-font] - The `font` shorthand of the button.
 * @cssprop [--qonto-pay-height] - Minimum height, at least 44 px.
 * @cssprop [--qonto-pay-radius=0.5rem] - Corner radius.
 */
export class QontoPayButton extends ReactiveElement {
  /** Address of the script. Contains the version if the page pins one. */
  static readonly source: string = import.meta.url;
  static override readonly styles = styles;
  static override readonly shadowRootOptions: ShadowRootInit = {
    ...ReactiveElement.shadowRootOptions,
    delegatesFocus: true,
  };
  static override readonly properties = {
    publishableKey: { attribute: "publishable-key" },
    product: {},
    quantity: { type: Number },
    quantityInput: { type: Boolean, attribute: "quantity-input" },
    amount: {},
    amounts: {},
    items: { type: Object },
    offer: {},
    reference: {},
    mode: {},
    label: {},
    showAmount: { type: Boolean, attribute: "show-amount" },
    methods: {},
    messages: { type: Object },
    endpoint: {},
    disabled: { type: Boolean },
  };

  declare publishableKey: string | null | undefined;
  declare product: string | null | undefined;
  declare quantity: number | null | undefined;
  declare quantityInput: boolean | undefined;
  declare amount: string | null | undefined;
  declare amounts: string | null | undefined;
  declare items: readonly RequestedItem[] | null | undefined;
  declare offer: string | null | undefined;
  declare reference: string | null | undefined;
  declare mode: Mode | null | undefined;
  declare label: PayLabel | null | undefined;
  declare showAmount: boolean | undefined;
  declare methods: string | null | undefined;
  declare messages: OwnMessages | null | undefined;
  declare endpoint: string | null | undefined;
  declare disabled: boolean | undefined;

  static readonly #context: ButtonContext<QontoPayButton> = {
    purchase: (button) => button.#purchase(),
    // The QR code is an offer beside the button, which pays on this device.
    mode: (button) => modeOf(button.#payment.shownIn ? "tab" : button.mode),
    tabText: (button) => button.#texts().busy_spoken,
    price: (button) => button.#price,
    drawQrCode: (button, url) => button.#drawQrCode(url),
    loadTexts: (button) => button.#loadTexts(),
    onProblem: (button, problem) => button.#reportProblem(problem),
  };

  #view: ButtonView | undefined;
  readonly #language = new LocaleController(this, BUTTON_LOCALES);
  readonly #price = new PriceController(this, QontoPayButton.#context);
  readonly #payment = new PaymentController(this, QontoPayButton.#context);

  // `lang` is a property of HTMLElement, so only its changes are observed.
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, ...Object.keys(AS_RENDERED), "lang"];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(AS_RENDERED[name] ?? name, old, value);
    this.requestUpdate();
  }

  /** Clicks the button as a shopper does. */
  override click(): void {
    // Properties that were just set take effect, as with a native button.
    this.performUpdate();
    this.renderRoot.querySelector("button")?.click();
  }

  /** Focuses the button, even before its first update. */
  override focus(options?: FocusOptions): void {
    this.performUpdate();
    super.focus(options);
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    this.#view = buildView(
      root as ShadowRoot,
      () => void this.#payment.pay(),
      () => {
        // As wide as the content was without the button.
        this.setAttribute("full-width", "");
        this.#help();
      },
    );
    return root;
  }

  protected override update(changed: PropertyValues<this>): void {
    // Lit's option `reflect` takes more code. Set before `super.update`, the attribute causes no further update.
    if (changed.has("disabled")) this.toggleAttribute("disabled", this.disabled === true);
    super.update(changed);
    const { state } = this.#payment;
    const texts: Messages & OwnMessages = this.#texts();
    const look = this.#stateLook();
    const { words, amount } = look;
    const textName = words === "label" ? (this.label ?? "") : words;
    this.#view?.update({
      ...look,
      state,
      disabled: this.disabled === true,
      isLoading: this.#language.isLoading,
      // The page writes its own texts in its own language, which the button may not support.
      lang: this.messages ? this.#language.stated : this.#language.code,
      label: (Object.hasOwn(texts, textName) && texts[textName]) || texts.pay,
      amount: amount === undefined ? "" : this.#formatAmount(amount),
    });
    if (this.amounts || this.quantityInput || this.methods) this.#addParts();
    // A local page (a call of `isLocalPage` takes 14 bytes more), or a cheap sign of a mistake: an attribute whose name
    // has letters only, and is not known. Checked when a framework has set its properties of the new element.
    if (
      !this.hasUpdated &&
      (/^$|^127|(localhost|test|])$/.test(location.hostname) ||
        !isComplete(this.#payment.purchase as Purchase) ||
        !this.getAttributeNames().every(
          (name) => /^(class|size|theme)$|\W/.test(name) || name in this || name in AS_RENDERED,
        ))
    ) {
      this.#help();
    }
  }

  #amountLocale(): string {
    return this.messages ? this.#language.stated : this.#language.locale;
  }

  #formatAmount(amount: Money): string {
    return formatAmount(amount, this.#amountLocale());
  }

  #texts(): Messages {
    return overrideMessages(this.#language.texts, this.messages);
  }

  #stateLook(): StateLook {
    const { state, problem, shownIn, isSlow } = this.#payment;
    const texts = this.#texts();
    const message = problem === undefined ? "" : this.#explain(problem);
    const isBusy = state === "busy";
    if (later !== undefined && state !== "idle" && !isBusy) {
      return later.laterLook(this, this.#payment, this.#price, texts, message, isIntegrationError);
    }
    const isMade = isLocked(state) && !isBusy;
    const hint = isBusy && shownIn;
    return {
      words: isSlow ? "busy" : isMade ? state : "label",
      amount: isMade ? undefined : this.#price.amount,
      message,
      spoken: isBusy ? (hint ? texts.redirect_hint : texts.busy_spoken) : "",
      hint,
    };
  }

  /** Returns a problem in words for the shopper. */
  #explain(problem: Problem): string {
    const texts = this.#texts();
    if (later === undefined) return `${texts.network} ${this.#payment.hasPayPage ? "" : texts.uncharged}`.trim();
    return later.explainProblem(
      problem,
      this.#payment,
      this.#price,
      texts,
      this.messages,
      isIntegrationError,
      (amount) => this.#formatAmount(amount),
    );
  }

  /** Loads the look and the texts of the states after a click. Never rejects. */
  async #loadTexts(): Promise<void> {
    const texts = this.#language.load();
    try {
      later ??= await import("./later-look.ts");
      if (later.hasUnknownWord(this)) this.#help();
    } catch {
      // The label and the texts of the first load remain.
    }
    await texts;
  }

  #purchase(): Purchase {
    return {
      endpoint: endpointOf(this),
      publishable_key: this.publishableKey ?? "",
      product: this.product || undefined,
      quantity: this.quantity ?? undefined,
      // The first amount of a list is the choice, also without the chunk that shows the list.
      amount: this.amount || /\S+/.exec(this.amounts ?? "")?.[0],
      items: this.items ?? undefined,
      offer: this.offer || undefined,
      reference: this.reference || undefined,
    };
  }

  async #drawQrCode(url: string): Promise<boolean> {
    try {
      await this.#loadTexts();
      const { drawQrCode } = await import("./qr-code.ts");
      // The button may have left the state `waiting`. In this case the update hides the code.
      this.requestUpdate();
      if (this.#view !== undefined) drawQrCode(this.#view.code(), url, this.#texts(), this.#language.code);
      return true;
    } catch {
      return false;
    }
  }

  /** Adds the parts that most buttons do not have. Without their chunk, the shopper can pay as well. */
  #addParts(): void {
    void import("../parts/add-parts.ts")
      .then(({ addParts }) =>
        addParts(
          this,
          () => this.#texts(),
          () => this.#help(),
          this.#price,
          () => this.#purchase(),
          () => this.#amountLocale(),
          workerRequest,
        ),
      )
      .catch(() => {});
  }

  #reportProblem(problem: Problem): void {
    // Explains the button's own codes and rejections, not temporary failures of the Worker.
    if (!problem.status || isIntegrationError(problem)) this.#help(problem);
    this.dispatchEvent(new QontoPayErrorEvent(problem.code, this.#explain(problem), problem.requestId));
  }

  /** Explains mistakes of the page to its author, in the console. */
  #help(problem?: Problem): void {
    withHelp((help) => help.explainButton(this, this.#purchase(), problem));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "qonto-pay-button": QontoPayButton;
  }
}
