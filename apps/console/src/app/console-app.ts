import "@awesome.me/webawesome/dist/components/button/button.js";
import type { ConsoleSession, Environment } from "@qonto-pay/core/api";
import { html, nothing, type TemplateResult } from "lit";
import { setSignInAgain } from "../api/request.ts";
import { findEnvironment, findSession, signIn, signOut, takeLinkToken } from "../api/session.ts";
import { errorText } from "../locales/error-text.ts";
import { chooseLanguage, LANGUAGES, language, texts } from "../locales/index.ts";
import "../pages/sign-in-form.ts";
import { ConsoleElement } from "../parts/console-element.ts";
import { failure, loading } from "../parts/states.ts";
import { currentRoute, type Route } from "./route.ts";
import { pageOf, titleOf } from "./pages.ts";
import "./sign-in-again.ts";
import type { SignInAgain } from "./sign-in-again.ts";

type State =
  | { readonly name: "starting" }
  | { readonly name: "failed"; readonly error: unknown }
  | SignedIn
  | SignedOut;
type SignedIn = { readonly name: "signed_in"; readonly session: ConsoleSession };
type SignedOut = { readonly name: "signed_out"; readonly problem: string };

/** The frame of all pages: who is signed in, the navigation, and the current page. */
class ConsoleApp extends ConsoleElement {
  static override readonly properties = {
    state: { state: true },
    route: { state: true },
    environment: { state: true },
  };

  declare state: State;
  declare environment: Environment | null;
  declare route: Route;

  constructor() {
    super();
    this.state = { name: "starting" };
    this.environment = null;
    this.route = currentRoute();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    setSignInAgain(async (reason) => {
      const dialog = this.querySelector<SignInAgain>("sign-in-again");
      if (dialog !== null) this.#enter(await dialog.ask(reason));
    });
    addEventListener("hashchange", this.#navigate);
    void this.#start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener("hashchange", this.#navigate);
  }

  protected override render(): TemplateResult {
    const { state } = this;
    return html`
      <a class="skip" href="#content" @click=${this.#skip}>${texts().skip}</a>
      <header>${this.#band()} ${state.name === "signed_in" ? this.#header(state.session) : nothing}</header>
      <main id="content" tabindex="-1">${this.#content()}</main>
      <footer>
        <label>
          ${texts().language}
          <select @change=${this.#chooseLanguage}>
            ${Object.entries(LANGUAGES).map(
              ([code, name]) =>
                html`<option value=${code} lang=${code} ?selected=${code === language()}>${name}</option>`,
            )}
          </select>
        </label>
      </footer>
      <sign-in-again></sign-in-again>
    `;
  }

  protected override updated(): void {
    const { state } = this;
    const names =
      state.name === "signed_in"
        ? [titleOf(this.route), state.session.organization ?? state.session.merchant]
        : [state.name === "signed_out" ? texts().sign_in.title : texts().console];
    const isTest = this.environment === "sandbox";
    document.title = [...(isTest ? [texts().test] : []), ...names, "qonto-pay"].join(" · ");
    document.documentElement.classList.toggle("sandbox", isTest);
  }

  #content(): TemplateResult {
    const { state } = this;
    switch (state.name) {
      case "starting":
        return loading();
      case "failed":
        return failure(errorText(state.error), () => void this.#start());
      case "signed_out":
        return html`<div class="narrow stack" @signed-in=${this.#signedIn}>
          <h1>${texts().sign_in.title}</h1>
          ${state.problem === "" ? nothing : html`<p class="notice" role="alert">${state.problem}</p>`}
          <sign-in-form></sign-in-form>
        </div>`;
      case "signed_in":
        return pageOf(this.route, state.session);
    }
  }

  #band(): TemplateResult | typeof nothing {
    if (this.environment !== "sandbox") return nothing;
    return html`<p class="band"><strong>${texts().test}</strong> ${texts().test_hint}</p>`;
  }

  #header({ organization, merchant }: ConsoleSession): TemplateResult {
    const { nav, pages, sign_out } = texts();
    const link = (page: "account" | "payments") => html`<li>
      <a href="#/${page}" aria-current=${this.route.page === page ? "page" : nothing}>${nav[page]}</a>
    </li>`;
    return html`
      <div class="row spread">
        <strong class="organization">${organization ?? merchant}</strong>
        <wa-button size="s" appearance="plain" @click=${this.#leave}>${sign_out}</wa-button>
      </div>
      <nav aria-label=${pages}>
        <ul>
          ${link("payments")} ${link("account")}
        </ul>
      </nav>`;
  }

  async #start(): Promise<void> {
    this.state = { name: "starting" };
    const token = takeLinkToken();
    this.route = currentRoute();
    if (token !== null && (await this.#useLink(token))) return;
    const problem = token === null ? "" : texts().sign_in.link_problem;
    try {
      const session = problem === "" ? await findSession() : null;
      if (session !== null) return this.#enter(session);
      this.state = { name: "signed_out", problem };
      this.environment = await findEnvironment();
    } catch (error) {
      this.state = { name: "failed", error };
    }
  }

  async #useLink(token: string): Promise<boolean> {
    try {
      this.#enter(await signIn({ link_token: token }));
      return true;
    } catch {
      return false;
    }
  }

  /** Shows the pages. Those of another merchant are built from nothing. */
  #enter(session: ConsoleSession): void {
    const before = this.state.name === "signed_in" ? this.state.session.merchant : session.merchant;
    this.state = { name: "signed_in", session };
    this.environment = session.environment;
    if (before !== session.merchant) location.reload();
  }

  readonly #signedIn = ({ detail }: CustomEvent<ConsoleSession>): void => {
    this.#enter(detail);
    this.#focusContent();
  };

  readonly #leave = async (): Promise<void> => {
    try {
      await signOut();
      this.state = { name: "signed_out", problem: "" };
      history.replaceState(null, "", location.pathname);
      this.route = currentRoute();
    } catch (error) {
      this.state = { name: "failed", error };
    }
    this.#focusContent();
  };

  readonly #navigate = (): void => {
    this.route = currentRoute();
    this.#focusContent();
  };

  /** The link of the page itself would change the address, which names the page. */
  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.#focusContent();
  };

  #focusContent(): void {
    this.querySelector<HTMLElement>("main")?.focus();
    scrollTo(0, 0);
  }

  readonly #chooseLanguage = (event: Event): void => {
    void chooseLanguage((event.target as HTMLSelectElement).value);
  };
}

customElements.define("qonto-pay-console", ConsoleApp);
