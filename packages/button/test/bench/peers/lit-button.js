import { css, html, LitElement } from "lit";

/** The origin of this script. */
const WORKER = new URL(import.meta.url).origin;

/** A simple button that sends a request and redirects. */
class LitPayButton extends LitElement {
  static styles = css`
    button {
      min-width: 10rem;
      min-height: 3rem;
      padding: 0.5rem 1.25rem;
      border: 0;
      border-radius: 0.5rem;
      background: #1b1b1f;
      color: #fff;
      font: 600 1rem/1.25 system-ui, sans-serif;
      cursor: pointer;
    }
    button:disabled {
      opacity: 0.5;
    }
  `;
  static properties = {
    publishableKey: { attribute: "publishable-key" },
    product: {},
    busy: { state: true },
    problem: { state: true },
  };

  constructor() {
    super();
    this.busy = false;
    this.problem = "";
  }

  render() {
    return html`<button ?disabled=${this.busy} @click=${() => this.pay()}>
        ${this.problem === "" ? "Pay" : "Try again"}
      </button>
      <p role="alert">${this.problem}</p>`;
  }

  async pay() {
    this.busy = true;
    this.problem = "";
    try {
      const response = await fetch(`${WORKER}/v1/checkouts`, {
        method: "POST",
        headers: { "Content-Type": "text/plain;charset=UTF-8" },
        body: JSON.stringify({
          publishable_key: this.publishableKey,
          product: this.product,
          attempt_id: crypto.getRandomValues(new Uint32Array(4)).join("-"),
        }),
      });
      const { url } = await response.json();
      location.assign(url);
    } catch {
      this.problem = "The payment service can't be reached.";
      this.busy = false;
    }
  }
}

customElements.define("lit-pay-button", LitPayButton);
