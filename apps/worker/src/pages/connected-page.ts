import type { Environment } from "@qonto-pay/core/api";
import type { ConnectedStep } from "../connection/onboarding.ts";
import { bankAccountText } from "./bank-account.ts";
import { html } from "./html.ts";
import type { Page } from "./layout.ts";
import { stepList } from "./steps.ts";

export interface ShopSettings {
  readonly environment: Environment;
  /** The public address of this Worker. */
  readonly workerUrl: URL;
}

const METHOD_NAMES: Readonly<Record<string, string>> = {
  credit_card: "Credit card",
  apple_pay: "Apple Pay",
  paypal: "PayPal",
  ideal: "iDEAL",
};

/** Returns the last page: what is connected, and how a page takes payments. */
export function connectedPage(merchant: string, step: ConnectedStep, { environment, workerUrl }: ShopSettings): Page {
  const { organization, bankAccount, paymentMethods, isOld } = step;
  const title = "You can take payments";
  const script = new URL("/qonto-pay-button.js", workerUrl).href;
  return {
    title,
    main: html`${stepList("connected")}
<section class="card">
<h1>${title}</h1>
<p>The shop <strong>${merchant}</strong> is connected. You can close this page.</p>
${isOld && html`<p class="note">Qonto can't be reached at the moment. This is what it returned last.</p>`}
<dl class="facts">
${organization !== null && html`<div><dt>Organization</dt><dd>${organization}</dd></div>`}
${bankAccount !== null && html`<div><dt>Bank account</dt><dd>${bankAccountText(bankAccount)}</dd></div>`}
<div><dt>Payment methods</dt><dd>${
      paymentMethods.length === 0
        ? "None is enabled yet: enable one at the payment provider."
        : paymentMethods.map((name) => METHOD_NAMES[name] ?? name).join(", ")
    }</dd></div>
<div><dt>Publishable key</dt><dd><code>pk_${environment}_${merchant}</code></dd></div>
</dl>
<h2>What to do next</h2>
<p>Put this where the button should be. The product must exist in the catalogue, with its price.</p>
<pre tabindex="0" role="region" aria-label="HTML for your page"><code>&lt;script type="module"
  src="${script}"&gt;&lt;/script&gt;

&lt;qonto-pay-button
  publishable-key="pk_${environment}_${merchant}"
  product="mug"&gt;&lt;/qonto-pay-button&gt;</code></pre>
<p class="actions"><a class="button secondary" href="/connect/${merchant}">Check again</a></p>
</section>`,
  };
}
