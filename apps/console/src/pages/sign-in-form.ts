import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/input/input.js";
import type WaInput from "@awesome.me/webawesome/dist/components/input/input.js";
import { type ConsoleSession, parsePublishableKey, parseSecretKey } from "@qonto-pay/core/api";
import { html, type TemplateResult } from "lit";
import { RequestError } from "../api/request-error.ts";
import { signIn } from "../api/session.ts";
import { errorText } from "../locales/error-text.ts";
import { texts } from "../locales/index.ts";
import { ConsoleElement } from "../parts/console-element.ts";

/** The form that signs in with a secret key. Sends the event `signed-in` with the session. */
export class SignInForm extends ConsoleElement {
  static override readonly properties = { problem: { state: true }, busy: { state: true } };

  declare problem: string;
  declare busy: boolean;

  constructor() {
    super();
    this.problem = "";
    this.busy = false;
  }

  protected override render(): TemplateResult {
    const { sign_in } = texts();
    return html`<form class="stack" novalidate @submit=${this.#submit}>
      <wa-input
        class=${this.problem === "" ? "" : "wrong"}
        name="secret-key"
        type="password"
        password-toggle
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        maxlength="200"
        label=${sign_in.secret_key}
        hint=${this.problem === "" ? sign_in.hint : this.problem}
      ></wa-input>
      <wa-button type="submit" variant="brand" ?loading=${this.busy}>${sign_in.submit}</wa-button>
    </form>`;
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const field = this.querySelector<WaInput>("wa-input");
    if (field === null || this.busy) return;
    const key = (field.value ?? "").trim();
    this.problem = problemOf(key);
    if (this.problem !== "") return field.focus();
    this.busy = true;
    try {
      const session = await signIn({ secret_key: key });
      field.value = "";
      this.dispatchEvent(new CustomEvent<ConsoleSession>("signed-in", { detail: session, bubbles: true }));
    } catch (error) {
      this.problem = reasonOf(error, key);
      field.focus();
    } finally {
      this.busy = false;
    }
  };
}

/** Returns what is wrong with a key before it is sent; "" if nothing is. */
function problemOf(key: string): string {
  const { errors } = texts();
  if (key === "") return errors.missing_key;
  if (parsePublishableKey(key) !== null) return errors.publishable_key;
  return parseSecretKey(key) === null ? errors.invalid_key : "";
}

function reasonOf(error: unknown, key: string): string {
  const isOfOther = error instanceof RequestError && error.code === "key_environment_mismatch";
  if (!isOfOther) return errorText(error);
  const { errors } = texts();
  return parseSecretKey(key)?.environment === "sandbox" ? errors.test_key : errors.live_key;
}

customElements.define("sign-in-form", SignInForm);
