import "@awesome.me/webawesome/dist/components/dialog/dialog.js";
import type { ConsoleSession } from "@qonto-pay/core/api";
import { html, type TemplateResult } from "lit";
import { texts } from "../locales/index.ts";
import "../pages/sign-in-form.ts";
import { ConsoleElement } from "../parts/console-element.ts";

type Reason = "ended" | "not_fresh";

/**
 * A dialog over the current page, which keeps everything that was typed. Requests that failed wait for it and are then
 * repeated.
 */
export class SignInAgain extends ConsoleElement {
  static override readonly properties = { reason: { state: true } };

  declare reason: Reason | null;
  #asked: Promise<ConsoleSession> | null = null;
  #answer: (session: ConsoleSession) => void = () => {};

  constructor() {
    super();
    this.reason = null;
  }

  /** Resolves with the session of the next sign-in. All waiting requests share one dialog. */
  ask(reason: Reason): Promise<ConsoleSession> {
    this.reason = reason;
    this.#asked ??= new Promise((resolve) => {
      this.#answer = resolve;
    });
    return this.#asked;
  }

  protected override render(): TemplateResult {
    const { sign_in } = texts();
    const text = this.reason === "not_fresh" ? sign_in.not_fresh : sign_in.ended;
    return html`<wa-dialog
      label=${sign_in.again_title}
      without-header
      ?open=${this.reason !== null}
      @wa-hide=${this.#keepOpen}
      @signed-in=${this.#signedIn}
    >
      ${
        this.reason === null
          ? ""
          : html`<div class="stack">
            <h2>${sign_in.again_title}</h2>
            <p>${text}</p>
            <sign-in-form></sign-in-form>
            <wa-button appearance="plain" @click=${() => location.reload()}>${sign_in.leave}</wa-button>
          </div>`
      }
    </wa-dialog>`;
  }

  readonly #keepOpen = (event: Event): void => {
    if (this.reason !== null) event.preventDefault();
  };

  readonly #signedIn = ({ detail }: CustomEvent<ConsoleSession>): void => {
    this.reason = null;
    this.#asked = null;
    this.#answer(detail);
  };
}

customElements.define("sign-in-again", SignInAgain);
