import { ACTIVATION_URL } from "@qonto-pay/core/qonto";
import type { Connecting, ActivationStep } from "../connection/onboarding.ts";
import { businessPage } from "./business-page.ts";
import { connectedPage, type ShopSettings } from "./connected-page.ts";
import { consentPage } from "./consent-page.ts";
import type { Page } from "./layout.ts";
import { providerPage } from "./provider-page.ts";
import { html } from "./html.ts";
import { stepList } from "./steps.ts";

/** Returns the page of the current step. */
export function connectingPage(merchant: string, due: Connecting, settings: ShopSettings): Page {
  switch (due.step) {
    case "consent":
      return consentPage(merchant, due);
    case "activation":
      return activationPage(merchant, due);
    case "business":
      return businessPage(merchant, due);
    case "provider":
      return providerPage(merchant, due);
    case "connected":
      return connectedPage(merchant, due, settings);
  }
}

/** Returns the page that explains what must be done in Qonto's app before anything can be connected. */
function activationPage(merchant: string, { organization }: ActivationStep): Page {
  const title = "Switch on payment links in Qonto";
  return {
    title,
    main: html`${stepList("business")}
<section class="card">
<h1>${title}</h1>
<p>${organization === null ? "Your organization" : html`<strong>${organization}</strong>`} has no payment links at Qonto yet. The owner or an
admin of the organization switches them on in Qonto's app.</p>
<p class="soft">If Qonto does not offer them to your organization, ask Qonto's support.</p>
<p class="actions"><a class="button" rel="noreferrer" href="${ACTIVATION_URL}">Switch on in Qonto's app</a> <a class="button secondary" href="/connect/${merchant}">Check again</a></p>
</section>
<p class="code">Code <code>payment_links_not_activated</code></p>`,
  };
}
