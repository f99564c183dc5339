import { formatAmount } from "@qonto-pay/core/format";
import { type PropertyValues, ReactiveElement } from "lit";
import { LocaleController, overrideMessages } from "../locales/locale-controller.ts";
import type { OwnMessages } from "../locales/button-messages.ts";
import { isLocalPage, withStatusHelp } from "../help/load-help.ts";
import { endpointOf } from "../api/worker-request.ts";
import { styles } from "./qonto-pay-status.styles.ts";
import { type KnownCheckout, StatusController } from "../status/status-controller.ts";
import { STATUS_LOCALES } from "../locales/status-locales.ts";
import type { StatusMessages, StatusWords } from "../locales/status-messages.ts";
import { buildStatusView, type StatusView } from "./status-view.ts";

/**
 * Shows the status of a checkout and changes to "Paid" automatically. Use it on a thank-you page, or on a page that an
 * email links to.
 *
 * `checkout` and `token` name the checkout. By default, they come from the query parameters of the page:
 * `https://shop.example/thanks?checkout=co_...&token=...`.
 *
 * Children without a slot are the fallback for pages without JavaScript: texts, links and pictures. They are hidden once
 * the element is defined. Other content stays visible below the status.
 *
 * @attr {string} checkout - Id of the checkout, from the Worker's response or the events of the button.
 * @attr {string} token - Status token of the checkout, from the same response or event.
 * @attr {string} back-url - Address of the link back to the shop. Without it, there is no link.
 * @attr {string} endpoint - Address of the Worker. Default: the origin of the script.
 * @attr {string} messages - JSON object: texts that replace the element's own, by name.
 * @attr {string} lang - Language of texts and amounts. Default: the nearest `lang` of the page.
 * @attr {"light"|"dark"|"auto"} theme - Default: `auto`, which follows the `color-scheme` of the page.
 *
 * @event {QontoPayStatusEvent} qonto-pay-status - Fires when the status is first known and when it changes.
 *
 * @slot open - Content instead of the words while the checkout is not paid.
 * @slot processing - Content instead of the words while the payment is not confirmed.
 * @slot paid - Content instead of the words once the checkout is paid.
 * @slot expired - Content instead of the words when the checkout has expired.
 * @slot canceled - Content instead of the words when the checkout was canceled.
 * @slot unknown - Content instead of the words if the checkout does not exist.
 * @slot refused - Content instead of the words if the Worker rejects requests from this page.
 * @slot trouble - Content instead of the words while the Worker can't be reached.
 * @slot offline - Content instead of the words while the device is offline. If a status is already known, `refused`,
 *   `trouble` and `offline` are shown below it.
 *
 * @csspart status - The whole element. The status is a second part: `loading`, `open`, `processing`, `paid`, `expired`,
 *   `canceled`, `unknown`, `refused`, `trouble` or `offline`.
 * @csspart icon - The icon of the status.
 * @csspart words - The status in words.
 * @csspart hint - The hint below the words.
 * @csspart amount - The amount.
 * @csspart reference - The shop's order number.
 * @csspart link - The link that continues the payment while the checkout is not paid.
 * @csspart back - The link back to the shop.
 *
 * @cssprop [--qonto-pay-status-color] - Text color.
 * @cssprop [--qonto-pay-status-paid-color] - Color of the icon of a paid checkout.
 * @cssprop [--qonto-pay-background] - Background of the link that continues the payment.
 * @cssprop [--qonto-pay-color] - Text color of this link.
 * @cssprop [--qonto-pay-radius=0.5rem] - Corner radius of this link.
 * @cssprop [--qonto-pay-focus] - Color of the focus ring.
 */
export class QontoPayStatus extends ReactiveElement {
  /** Address of the script. Contains the version if the page pins one. */
  static readonly source: string = import.meta.url;
  static override readonly styles = styles;
  static override readonly properties = {
    checkout: {},
    token: {},
    backUrl: { attribute: "back-url" },
    endpoint: {},
    messages: { type: Object },
  };

  declare checkout: string | null | undefined;
  declare token: string | null | undefined;
  declare backUrl: string | null | undefined;
  declare endpoint: string | null | undefined;
  declare messages: OwnMessages | null | undefined;

  #view: StatusView | undefined;
  readonly #language = new LocaleController(this, STATUS_LOCALES);
  readonly #status = new StatusController(this, () => this.#checkout());

  // `lang` is a property of HTMLElement, so only its changes are observed.
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, "lang"];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    this.requestUpdate();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    this.#view = buildStatusView(root, () => {
      // As wide as the page had it.
      this.style.maxWidth = "none";
      withStatusHelp((help) => help.explainContent(this));
    });
    return root;
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    const { report, problem, isSlow } = this.#status;
    const { stated, locale, code } = this.#language;
    const words: StatusWords = report?.status ?? problem ?? "loading";
    const texts: StatusMessages & OwnMessages = overrideMessages(this.#language.texts, this.messages);
    const beside = problem ?? words;
    const isOld = beside !== words;
    const hint = beside === "loading" && !isSlow ? "" : (texts[`${beside}_hint`] ?? "");
    this.#view?.({
      words,
      // The page writes its own texts in its own language, which this element may not support.
      lang: this.messages ? stated : code,
      isLoading: this.#language.isLoading,
      label: texts[words],
      // An outdated status must not promise "This page shows it as soon as ...".
      hint: isOld ? "" : hint,
      beside,
      besideHint: isOld ? hint : "",
      amount: { name: texts.amount, value: report && formatAmount(report.amount, this.messages ? stated : locale) },
      reference: { name: texts.reference, value: report?.reference },
      link: { words: texts.link, address: words === "open" ? this.#pageAddress() : "" },
      back: { words: texts.back, address: this.backUrl ?? "" },
    });
    // Checked once, like the attributes of a button.
    if (
      !this.hasUpdated &&
      (isLocalPage() ||
        this.#checkout() === undefined ||
        !this.getAttributeNames().every((name) => /^(class|theme)$|\W/.test(name) || name in this))
    ) {
      withStatusHelp((help) => help.explainAttributes(this, this.#checkout() !== undefined));
    }
  }

  /** Returns the address of the Worker's page of the checkout, which leads to the pay page. */
  #pageAddress(): string {
    const { endpoint, id, status_token } = this.#checkout() ?? { endpoint: "", id: "", status_token: "" };
    return `${endpoint}/checkouts/${encodeURIComponent(id)}?token=${encodeURIComponent(status_token)}`;
  }

  #checkout(): KnownCheckout | undefined {
    const query = new URLSearchParams(location.search);
    const id = this.checkout || query.get("checkout");
    const status_token = this.token || query.get("token");
    const endpoint = endpointOf(this);
    if (/\bsk_(live|sandbox)_/.test([endpoint, id, status_token].join())) {
      withStatusHelp((help) => help.explainAttributes(this, true));
    } else if (id && status_token) {
      return { endpoint, id, status_token };
    }
    return undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "qonto-pay-status": QontoPayStatus;
  }
}
