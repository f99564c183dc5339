import { formatAmount } from "@qonto-pay/core/format";
import { type PropertyValues, ReactiveElement } from "lit";
import { LocaleController, nearestLang, overrideMessages } from "../locales/locale-controller.ts";
import type { OwnMessages } from "../locales/button-messages.ts";
import { endpointOf } from "../api/worker-request.ts";
import { styles } from "./qonto-pay-status.styles.ts";
import { type KnownCheckout, StatusController } from "../status/status-controller.ts";
import { STATUS_LOCALES } from "../locales/status-locales.ts";
import type { StatusMessages, StatusWords } from "../locales/status-messages.ts";
import { buildStatusView, type StatusView } from "./status-view.ts";

/**
 * Says how a checkout stands and turns to "Paid" by itself: for the page that thanks, and for pages that mails lead to.
 *
 * The checkout is named by `checkout` and `token`, else by the words of the same names in the page's address:
 * `https://shop.example/thanks?checkout=co_...&token=...`.
 *
 * Children without a slot are what a page without JavaScript shows.
 *
 * @attr {string} checkout - Id of the checkout, as the Worker and the events of the button tell it.
 * @attr {string} token - Its status token, which the Worker and the events of the button tell with it.
 * @attr {string} endpoint - Address of the Worker; where the script came from, if absent.
 * @attr {string} messages - JSON: texts in place of the element's own, by their names.
 * @attr {string} lang - Language of texts and amounts; the nearest `lang`, if absent.
 * @attr {"light"|"dark"|"auto"} theme - `auto`, the default, follows the `color-scheme` of the page.
 *
 * @event {QontoPayStatusEvent} qonto-pay-status - The status is first known, or changed.
 *
 * @slot open - Content instead of the words while it is not paid.
 * @slot processing - Content instead of the words while the payment is not confirmed.
 * @slot paid - Content instead of the words once it is paid.
 * @slot expired - Content instead of the words when it can't be paid any more.
 * @slot canceled - Content instead of the words when it was canceled.
 * @slot unknown - Content instead of the words where there is no such checkout.
 * @slot refused - Content instead of the words where the Worker does not tell this page.
 * @slot trouble - Content instead of the words while the Worker can't be reached; below those of the status that was last
 *   known, if any, as `refused` is.
 *
 * @csspart status - All of it. The status is a second part: `loading`, `open`, `processing`, `paid`, `expired`,
 *   `canceled`, `unknown`, `refused` or `trouble`.
 * @csspart icon - The mark of the status.
 * @csspart words - The status in words.
 * @csspart hint - What stands below the words.
 * @csspart amount - The amount.
 * @csspart reference - The shop's order number.
 * @csspart link - The link that goes on with the payment, while it is not paid.
 *
 * @cssprop [--qonto-pay-status-color] - Text.
 * @cssprop [--qonto-pay-status-paid-color] - The mark of what is paid.
 * @cssprop [--qonto-pay-focus] - Focus ring.
 */
export class QontoPayStatus extends ReactiveElement {
  /** Address of the script, which names its version where the page does. */
  static readonly source: string = import.meta.url;
  static override readonly styles = styles;
  static override readonly properties = {
    checkout: {},
    token: {},
    endpoint: {},
    messages: { type: Object },
  };

  declare checkout: string | null | undefined;
  declare token: string | null | undefined;
  declare endpoint: string | null | undefined;
  declare messages: OwnMessages | null | undefined;

  #view: StatusView | undefined;
  readonly #language = new LocaleController(this, STATUS_LOCALES);
  readonly #status = new StatusController(this, () => this.#checkout());

  // `lang` is HTMLElement's own property: only its changes are to be heard of.
  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, "lang"];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    this.requestUpdate();
  }

  protected override createRenderRoot(): HTMLElement | DocumentFragment {
    const root = super.createRenderRoot();
    this.#view = buildStatusView(root);
    return root;
  }

  protected override update(changed: PropertyValues<this>): void {
    super.update(changed);
    const { report, problem } = this.#status;
    const words: StatusWords = report?.status ?? problem ?? "loading";
    const texts: StatusMessages & OwnMessages = overrideMessages(this.#language.texts, this.messages);
    const isKnown = report !== undefined;
    const beside = problem ?? words;
    const isOld = beside !== words;
    const hint = texts[`${beside}_hint`] ?? "";
    this.#view?.({
      words,
      // The page writes its own texts in its own language, which may be none of these.
      lang: this.messages ? nearestLang(this) : this.#language.code,
      isLoading: this.#language.isLoading,
      label: texts[words],
      // "This page shows it as soon as ..." can't be promised where the status is old.
      hint: isOld ? "" : hint,
      beside,
      besideHint: isOld ? hint : "",
      amount: isKnown ? formatAmount(report.amount, nearestLang(this)) : "",
      reference: report?.reference === undefined ? "" : `${texts.reference} ${report.reference}`,
      link: texts.link,
      address: words === "open" ? this.#pageAddress() : "",
    });
  }

  /** The Worker's own page of the checkout, which leads on to the pay page. */
  #pageAddress(): string {
    const { endpoint, id, status_token } = this.#checkout() ?? { endpoint: "", id: "", status_token: "" };
    const address = `${endpoint}/checkouts/${encodeURIComponent(id)}?token=${encodeURIComponent(status_token)}`;
    return /^https?:/.test(address) ? address : "";
  }

  #checkout(): KnownCheckout | undefined {
    const query = new URLSearchParams(location.search);
    const id = this.checkout || query.get("checkout");
    const status_token = this.token || query.get("token");
    return id && status_token ? { endpoint: endpointOf(this), id, status_token } : undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "qonto-pay-status": QontoPayStatus;
  }
}
