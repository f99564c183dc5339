import { LitElement } from "lit";
import { onLanguageChange } from "../locales/index.ts";

/** An element of the console. It renders without a shadow root, so that the style sheet of the page applies to it. */
export abstract class ConsoleElement extends LitElement {
  #endListening: () => void = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    this.#endListening = onLanguageChange(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#endListening();
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
