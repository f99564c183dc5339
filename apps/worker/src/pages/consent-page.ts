import type { ConsentStep } from "../connection/onboarding.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import { stepList } from "./steps.ts";

/** Returns the page of the step before Qonto's own authorization page. */
export function consentPage(merchant: string, { problem, organization }: ConsentStep): Page {
  const title = organization === null ? "Connect your Qonto account" : "Connect your Qonto account again";
  return {
    title,
    main: html`${stepList("consent")}
<section class="card">
<h1>${title}</h1>
${reasonFor(problem)}
<p>You go to Qonto, log in there, and allow the shop <strong>${merchant}</strong> to:</p>
<ul>
<li>read your organization and its bank accounts, to let you choose one,</li>
<li>create payment links, and read them and their payments,</li>
<li>be notified when a payment link changes.</li>
</ul>
<p class="soft">It can't move money, and does not read your transactions, even if Qonto's name for the permission suggests it. You can withdraw this in Qonto at any time.</p>
${organization !== null && html`<p>Choose the organization <strong>${organization}</strong>: this shop belongs to it.</p>`}
<form method="post" action="/connect/${merchant}/consent">
<button type="submit">Continue at Qonto</button>
</form>
</section>`,
  };
}

function reasonFor(problem: ConsentStep["problem"]): Html | null {
  switch (problem) {
    case "revoked":
      return html`<p class="note">Qonto no longer accepts your consent, so this shop can't take payments. To fix this, consent
again.</p>`;
    case "rejected":
      return html`<p class="note">Qonto rejects the access that it gave this shop, so the shop can't take payments. Consent again to
replace it.</p>`;
    case "expiring":
      return html`<p class="note">Your consent ends soon and could not be renewed. Consent again now, so that payments
continue.</p>`;
    case null:
      return null;
  }
}
