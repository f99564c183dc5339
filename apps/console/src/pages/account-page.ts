import "@awesome.me/webawesome/dist/components/button/button.js";
import type { ConsoleSession, ConsoleSessionInfo, ConsoleSessionPage } from "@qonto-pay/core/api";
import { html, nothing, type TemplateResult } from "lit";
import { request } from "../api/request.ts";
import { errorText } from "../locales/error-text.ts";
import { dateTime } from "../locales/format.ts";
import { texts } from "../locales/index.ts";
import { ConsoleElement } from "../parts/console-element.ts";
import { failure, loading } from "../parts/states.ts";

/** Who is signed in, and the browsers that are. */
class AccountPage extends ConsoleElement {
  static override readonly properties = {
    session: { attribute: false },
    sessions: { state: true },
    hasMore: { state: true },
    error: { state: true },
    message: { state: true },
  };

  declare session: ConsoleSession;
  declare sessions: readonly ConsoleSessionInfo[] | null;
  declare hasMore: boolean;
  declare error: unknown;
  declare message: string;

  constructor() {
    super();
    this.sessions = null;
    this.hasMore = false;
    this.error = null;
    this.message = "";
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#load();
  }

  protected override render(): TemplateResult {
    const { account } = texts();
    const { merchant, organization, environment, role } = this.session;
    const facts = [
      [account.organization, organization ?? account.not_connected],
      [account.merchant, merchant],
      [account.environment, account[environment]],
      [account.role, account[role]],
    ];
    return html`<div class="stack">
      <h1>${account.title}</h1>
      <dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
      <h2>${account.sessions}</h2>
      <p role="status" class=${this.message === "" ? "visually-hidden" : "notice"}>${this.message}</p>
      ${this.#list()}
    </div>`;
  }

  #list(): TemplateResult {
    if (this.error !== null) return failure(errorText(this.error), () => void this.#load());
    if (this.sessions === null) return loading();
    return html`<ul class="cards">${this.sessions.map((one) => this.#item(one))}</ul>
      ${this.hasMore ? html`<wa-button @click=${this.#loadMore}>${texts().account.more}</wa-button>` : nothing}`;
  }

  #item(one: ConsoleSessionInfo): TemplateResult {
    const { account } = texts();
    const how =
      one.signed_in_with === "link"
        ? account.with_link(one.name ?? "")
        : account.with_key(one.secret_key?.ends_with ?? "");
    return html`<li class="card stack tight">
      <p class="row spread">
        <strong>${how}</strong>${one.current ? html`<span class="badge brand">${account.this_browser}</span>` : nothing}
      </p>
      <p class="quiet">${account.since(dateTime(one.signed_in_at))}</p>
      <p class="quiet">${account.last_used(dateTime(one.last_used_at))}</p>
      <p class="quiet">${account.ends(dateTime(one.expires_at))}</p>
      ${
        one.current
          ? nothing
          : html`<p><wa-button size="s" variant="danger" appearance="outlined" @click=${() => this.#end(one)}>${account.end}</wa-button></p>`
      }
    </li>`;
  }

  async #load(): Promise<void> {
    this.error = null;
    await this.#try(async () => this.#show(await request<ConsoleSessionPage>("GET", "console/sessions?limit=20")));
  }

  readonly #loadMore = (): Promise<void> =>
    this.#try(async () => {
      const before = this.sessions ?? [];
      const after = before.at(-1)?.id ?? "";
      const { data, has_more } = await request<ConsoleSessionPage>("GET", `console/sessions?limit=20&after=${after}`);
      this.#show({ data: [...before, ...data], has_more });
    });

  async #end({ id }: ConsoleSessionInfo): Promise<void> {
    this.message = "";
    await this.#try(async () => {
      this.#show(await request<ConsoleSessionPage>("DELETE", `console/sessions/${encodeURIComponent(id)}`));
      this.message = texts().account.ended;
    });
  }

  #show({ data, has_more }: ConsoleSessionPage): void {
    this.sessions = data;
    this.hasMore = has_more;
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.error = error;
    }
  }
}

customElements.define("account-page", AccountPage);
