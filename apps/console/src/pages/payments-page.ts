import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/input/input.js";
import type WaInput from "@awesome.me/webawesome/dist/components/input/input.js";
import { CHECKOUT_STATUSES, type CheckoutPage, type CheckoutSnapshot, type CheckoutStatus } from "@qonto-pay/core/api";
import { html, nothing, type TemplateResult } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { request } from "../api/request.ts";
import { errorText } from "../locales/error-text.ts";
import { amount, dateTime } from "../locales/format.ts";
import { texts } from "../locales/index.ts";
import { ConsoleElement } from "../parts/console-element.ts";
import { pollFrom } from "../parts/poll-from.ts";
import { failure, loading } from "../parts/states.ts";
import { statusBadge } from "../parts/status-badge.ts";

const PAGE = 25;
const POLL_MS = 5_000;

interface Shown {
  readonly items: readonly CheckoutSnapshot[];
  /** The `after` of the next page; null: all are shown. */
  readonly next: string | null;
}

/** All payments, the newest first. New ones appear without a reload. */
class PaymentsPage extends ConsoleElement {
  static override readonly properties = {
    status: { state: true },
    shown: { state: true },
    error: { state: true },
    busy: { state: true },
    stale: { state: true },
  };

  declare status: CheckoutStatus | null;
  declare shown: Shown | null;
  declare error: unknown;
  declare busy: boolean;
  declare stale: boolean;
  #reference = "";
  /** Counts the searches, so that a late answer to an earlier one is ignored. */
  #search = 0;

  constructor() {
    super();
    this.status = null;
    this.shown = null;
    this.error = null;
    this.busy = false;
    this.stale = false;
    pollFrom(this, POLL_MS, this.#refresh);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { payments } = texts();
    const chip = (status: CheckoutStatus | null, text: string) => html`<button
      type="button"
      class="chip"
      aria-pressed=${status === this.status}
      @click=${() => this.#filter(status)}
    >
      ${text}
    </button>`;
    return html`<div class="stack">
      <h1>${payments.title}</h1>
      <form role="search" @submit=${this.#submit}>
        <wa-input
          name="reference"
          type="search"
          autocomplete="off"
          maxlength="64"
          with-clear
          label=${payments.search}
          hint=${payments.search_hint}
          @wa-clear=${this.#submit}
        ></wa-input>
      </form>
      <div class="row" role="group" aria-label=${payments.filter}>
        ${chip(null, payments.all)} ${CHECKOUT_STATUSES.map((status) => chip(status, payments[status]))}
      </div>
      ${this.stale ? html`<p class="notice" role="status">${payments.stale}</p>` : nothing} ${this.#list()}
    </div>`;
  }

  #list(): TemplateResult {
    const { payments } = texts();
    if (this.error !== null) return failure(errorText(this.error), () => void this.#load());
    if (this.shown === null) return loading();
    const { items, next } = this.shown;
    if (items.length === 0 && next === null) {
      const isSearch = this.#reference !== "" || this.status !== null;
      return html`<p class="state" role="status">${isSearch ? payments.empty_filtered : payments.empty}</p>`;
    }
    return html`<ul class="rows">
        ${repeat(
          items,
          ({ id }) => id,
          (one) => this.#row(one),
        )}
      </ul>
      ${
        next === null
          ? nothing
          : html`<wa-button ?loading=${this.busy} @click=${this.#loadMore}>${payments.more}</wa-button>`
      }`;
  }

  #row({ id, amount: value, status, reference, products, created_at }: CheckoutSnapshot): TemplateResult {
    const name = reference ?? products?.map(({ product }) => product).join(", ") ?? texts().payments.no_reference;
    return html`<li>
      <a href="#/payments/${id}">
        <strong>${amount(value)}</strong> ${statusBadge(status)}
        <span class="name">${name}</span> <time class="quiet" datetime=${created_at}>${dateTime(created_at)}</time>
      </a>
    </li>`;
  }

  async #load(): Promise<void> {
    const search = ++this.#search;
    this.error = null;
    this.shown = null;
    this.stale = false;
    try {
      const page = await this.#read(null);
      if (search === this.#search) this.shown = page;
    } catch (error) {
      if (search === this.#search) this.error = error;
    }
  }

  readonly #loadMore = async (): Promise<void> => {
    const { shown } = this;
    if (shown === null || shown.next === null || this.busy) return;
    const search = this.#search;
    this.busy = true;
    try {
      const { items, next } = await this.#read(shown.next);
      if (search === this.#search && this.shown !== null) this.shown = { items: [...this.shown.items, ...items], next };
    } catch (error) {
      if (search === this.#search) this.stale = error !== null;
    } finally {
      this.busy = false;
    }
  };

  /** Reads the newest page. The older ones stay as they are, unless so many are new that some would be left out. */
  readonly #refresh = async (): Promise<void> => {
    if (this.shown === null) return;
    const search = this.#search;
    try {
      const page = await this.#read(null);
      if (search !== this.#search) return;
      const last = page.items.at(-1)?.id;
      const place = this.shown.items.findIndex(({ id }) => id === last);
      const older = place === -1 ? [] : this.shown.items.slice(place + 1);
      this.shown = older.length === 0 ? page : { items: [...page.items, ...older], next: this.shown.next };
      this.stale = false;
    } catch {
      if (search === this.#search) this.stale = true;
    }
  };

  async #read(after: string | null): Promise<Shown> {
    const query = new URLSearchParams({ limit: String(PAGE) });
    if (this.status !== null) query.set("status", this.status);
    if (this.#reference !== "") query.set("reference", this.#reference);
    if (after !== null) query.set("after", after);
    const { data, has_more, next_after } = await request<CheckoutPage>("GET", `checkouts?${query}`);
    return { items: data, next: has_more ? (next_after ?? data.at(-1)?.id ?? null) : null };
  }

  #filter(status: CheckoutStatus | null): void {
    this.status = status;
    void this.#load();
  }

  readonly #submit = (event: Event): void => {
    event.preventDefault();
    this.#reference = (this.querySelector<WaInput>("wa-input")?.value ?? "").trim();
    void this.#load();
  };
}

customElements.define("payments-page", PaymentsPage);
