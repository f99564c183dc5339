import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/dialog/dialog.js";
import type { Checkout } from "@qonto-pay/core/api";
import { generate } from "lean-qr";
import { toSvg } from "lean-qr/extras/svg";
import { html, nothing, type TemplateResult } from "lit";
import { RequestError } from "../api/request-error.ts";
import { request } from "../api/request.ts";
import { errorText } from "../locales/error-text.ts";
import { amount, count, dateTime, percent } from "../locales/format.ts";
import { texts } from "../locales/index.ts";
import { ConsoleElement } from "../parts/console-element.ts";
import { pollFrom } from "../parts/poll-from.ts";
import { failure, loading } from "../parts/states.ts";
import { statusBadge } from "../parts/status-badge.ts";
import { storyOf } from "../parts/story.ts";

const POLL_MS = 5_000;

/** One payment: its story, its articles, and what can be done with it. */
class PaymentPage extends ConsoleElement {
  static override readonly properties = {
    checkoutId: { attribute: false },
    readonly: { type: Boolean },
    checkout: { state: true },
    error: { state: true },
    message: { state: true },
    busy: { state: true },
    isAsking: { state: true },
  };

  declare checkoutId: string;
  /** Whether the user may only read. */
  declare readonly: boolean;
  declare checkout: Checkout | null;
  declare error: unknown;
  declare message: string;
  declare busy: "cancel" | "sync" | null;
  declare isAsking: boolean;

  constructor() {
    super();
    this.readonly = false;
    this.checkout = null;
    this.error = null;
    this.message = "";
    this.busy = null;
    this.isAsking = false;
    pollFrom(this, POLL_MS, this.#refresh);
  }

  /** Not before: the id is set before the code of this page is loaded, and Lit reads it at the first update. */
  protected override firstUpdated(): void {
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { payment } = texts();
    return html`<div class="stack">
      <p><a href="#/payments">${payment.back}</a></p>
      ${this.checkout === null ? this.#missing() : this.#content(this.checkout)}
    </div>`;
  }

  #missing(): TemplateResult {
    if (this.error === null) return loading();
    const isGone = this.error instanceof RequestError && this.error.code === "checkout_not_found";
    if (isGone) return html`<h1>${texts().payment.missing}</h1>`;
    return failure(errorText(this.error), () => void this.#load());
  }

  #content(checkout: Checkout): TemplateResult {
    const { payment, payments } = texts();
    const { status, reference, products, superseded_by } = checkout;
    const paid = checkout.payments.findLast((one) => one.status === "paid");
    const facts = [
      [payment.reference, reference],
      [payment.products, products?.map(({ product, quantity }) => `${count(quantity)} × ${product}`).join(", ")],
      [payment.payer, paid?.debitor_email],
      [payment.method, paid?.payment_method && methodName(paid.payment_method)],
    ].filter(([, value]) => value);
    return html`
      <h1>${payment.title(reference ?? payments.no_reference)}</h1>
      <p class="row"><strong class="amount">${amount(checkout.amount)}</strong> ${statusBadge(status)}</p>
      <p role="status" class=${this.message === "" ? "visually-hidden" : "notice"}>${this.message}</p>
      ${
        superseded_by === null
          ? nothing
          : html`<p>${payment.superseded} <a href="#/payments/${superseded_by}">${payment.show_newer}</a></p>`
      }
      <dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      <h2>${payment.story}</h2>
      <ol class="story">
        ${storyOf(checkout).map(
          ({ at, text }) =>
            html`<li>
              ${text} ${at === null ? nothing : html`<time class="quiet" datetime=${at}>${dateTime(at)}</time>`}
            </li>`,
        )}
      </ol>
      ${this.#lines(checkout)} ${status === "open" ? this.#link(checkout.url) : nothing}
      ${status === "paid" ? html`<p class="notice">${payment.refunds}</p>` : nothing} ${this.#actions(checkout)}
    `;
  }

  #lines({ payment_link }: Checkout): TemplateResult | typeof nothing {
    const { payment } = texts();
    const number = payment_link?.invoice_number;
    if (number) return html`<p>${payment.invoice(number)}</p>`;
    const items = payment_link?.items ?? [];
    if (items.length === 0) return nothing;
    return html`<h2>${payment.lines}</h2>
      <ul class="cards">
        ${items.map(
          ({ title, quantity, unit_price, vat_rate }) => html`<li class="card stack tight">
            <strong>${title}</strong>
            <span class="row spread">
              <span>${payment.line(count(quantity), amount(unit_price))}</span>
              <span class="quiet">${payment.vat(percent(vat_rate))}</span>
            </span>
          </li>`,
        )}
      </ul>`;
  }

  #link(url: string | null): TemplateResult | typeof nothing {
    if (url === null) return nothing;
    const { payment } = texts();
    const code = toSvg(generate(url), document, { on: "#000", off: "#fff" });
    code.setAttribute("role", "img");
    code.setAttribute("aria-label", payment.qr);
    code.setAttribute("class", "qr");
    return html`<h2>${payment.link_title}</h2>
      ${code}
      <p class="address">${url}</p>
      <wa-button size="s" @click=${() => this.#copy(url)}>${payment.copy}</wa-button>`;
  }

  #actions({ status }: Checkout): TemplateResult | typeof nothing {
    const { payment } = texts();
    if (this.readonly) return nothing;
    return html`<div class="row">
        <wa-button ?loading=${this.busy === "sync"} @click=${this.#sync}>${payment.check}</wa-button>
        ${
          status === "open"
            ? html`<wa-button
              variant="danger"
              appearance="outlined"
              ?loading=${this.busy === "cancel"}
              @click=${() => this.#ask(true)}
              >${payment.cancel}</wa-button
            >`
            : nothing
        }
      </div>
      <wa-dialog label=${payment.cancel_title} without-header ?open=${this.isAsking} @wa-hide=${this.#hidden}>
        <div class="stack">
          <h2>${payment.cancel_title}</h2>
          <p>${payment.cancel_text}</p>
          <div class="row">
            <wa-button variant="danger" @click=${this.#cancel}>${payment.cancel_yes}</wa-button>
            <wa-button autofocus @click=${() => this.#ask(false)}>${payment.cancel_no}</wa-button>
          </div>
        </div>
      </wa-dialog>`;
  }

  #ask(isAsking: boolean): void {
    this.isAsking = isAsking;
  }

  readonly #hidden = (): void => this.#ask(false);

  async #load(): Promise<void> {
    this.error = null;
    try {
      this.checkout = await request<Checkout>("GET", `checkouts/${this.checkoutId}`);
    } catch (error) {
      this.error = error;
    }
  }

  /** A payment that has ended changes only if Qonto reports a late one: then "check again" shows it. */
  readonly #refresh = async (): Promise<void> => {
    const status = this.checkout?.status;
    if (this.busy === null && (status === "open" || status === "processing")) await this.#load();
  };

  readonly #sync = (): Promise<void> => this.#act("sync", texts().payment.checked);

  readonly #cancel = async (): Promise<void> => {
    this.#ask(false);
    await this.#act("cancel", texts().payment.cancel_done);
  };

  async #act(action: "cancel" | "sync", done: string): Promise<void> {
    this.busy = action;
    this.message = "";
    try {
      this.checkout = await request<Checkout>("POST", `checkouts/${this.checkoutId}/${action}`);
      this.message = done;
    } catch (error) {
      const isEnded = error instanceof RequestError && error.code === "checkout_not_open";
      this.message = isEnded ? texts().payment.not_open : errorText(error);
      if (isEnded) await this.#load();
    } finally {
      this.busy = null;
    }
  }

  async #copy(url: string): Promise<void> {
    const { payment } = texts();
    try {
      await navigator.clipboard.writeText(url);
      this.message = payment.copied;
    } catch {
      this.message = payment.copy_failed;
    }
  }
}

/** Names of brands are the same in all languages. A method that this version does not know keeps Qonto's name. */
function methodName(method: string): string {
  const names: Readonly<Record<string, string>> = {
    credit_card: texts().payment.card,
    apple_pay: "Apple Pay",
    paypal: "PayPal",
    ideal: "iDEAL",
  };
  return names[method] ?? method;
}

customElements.define("payment-page", PaymentPage);
