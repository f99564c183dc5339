import type { ProviderStep } from "../connection/onboarding.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import { stepList } from "./steps.ts";

/** Returns the page with the status of the connection to the payment provider while no payments can be taken. */
export function providerPage(merchant: string, step: ProviderStep): Page {
  const { title, text, isProviderFirst } = wordsFor(step.status);
  const toProvider = (style: string): Html | null =>
    step.location === null
      ? null
      : html`<a class="${style}" rel="noreferrer" href="${step.location}">Continue at the payment provider</a>`;
  const again = (style: string): Html => html`<a class="${style}" href="/connect/${merchant}">Check again</a>`;
  const isProviderMain = isProviderFirst && step.location !== null;
  return {
    title,
    main: html`${stepList("provider")}
<section class="card">
<h1>${title}</h1>
${text}
${step.isOld && html`<p class="note">Qonto can't be reached at the moment. This is what it returned last.</p>`}
<dl class="facts">
${step.organization !== null && html`<div><dt>Organization</dt><dd>${step.organization}</dd></div>`}
<div><dt>Status at Qonto</dt><dd><code>${step.status}</code></dd></div>
</dl>
<p class="actions">
${isProviderMain ? [toProvider("button"), " ", again("button secondary")] : [again("button"), " ", toProvider("button secondary")]}
</p>
</section>`,
  };
}

function wordsFor(status: string): { readonly title: string; readonly text: Html; readonly isProviderFirst: boolean } {
  switch (status) {
    case "not_connected":
      return {
        title: "Finish at the payment provider",
        text: html`<p>Qonto has begun the connection. The payment provider now needs a few details from you, on its own pages. When
you are done there, you return to this page.</p>`,
        isProviderFirst: true,
      };
    case "pending":
      return {
        title: "The payment provider is not done yet",
        text: html`<p>It is checking what you told it, or is waiting for something more from you. You can take payments once the
status is <code>enabled</code>.</p>
<p>You can close this page: the status is refreshed every ten minutes. If you did not finish at the payment provider, continue
there.</p>`,
        isProviderFirst: false,
      };
    case "disabled":
      return {
        title: "The payment provider has disabled the connection",
        text: html`<p>This shop can't take payments. Check at the payment provider what is missing. If nothing is missing there,
ask Qonto's support.</p>`,
        isProviderFirst: true,
      };
    default:
      return {
        title: "The connection has an unknown status",
        text: html`<p>This version does not know the status that Qonto returned. Look into Qonto's app, or check again later.</p>`,
        isProviderFirst: false,
      };
  }
}
