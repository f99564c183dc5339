import "@awesome.me/webawesome/dist/components/button/button.js";
import "@awesome.me/webawesome/dist/components/icon/icon.js";
import "@awesome.me/webawesome/dist/components/spinner/spinner.js";
import { html, type TemplateResult } from "lit";
import { texts } from "../locales/index.ts";

/** What a page shows until its data arrives. The second line appears after a few seconds, by the style sheet. */
export function loading(): TemplateResult {
  return html`<div class="state" role="status">
    <wa-spinner></wa-spinner>
    <p>${texts().loading}</p>
    <p class="late quiet">${texts().still_loading}</p>
  </div>`;
}

/** What a page shows if its data can't be read. */
export function failure(reason: string, retry: () => void): TemplateResult {
  return html`<div class="state" role="alert">
    <wa-icon name="alert" class="danger"></wa-icon>
    <p>${reason}</p>
    <wa-button @click=${retry}>${texts().retry}</wa-button>
  </div>`;
}
