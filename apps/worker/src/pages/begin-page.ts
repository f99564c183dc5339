import { html } from "./html.ts";
import type { Page } from "./layout.ts";
import { stepList } from "./steps.ts";

/** Returns the page that a connect link opens. The link is used up by the button, not by opening the page. */
export function beginPage(merchant: string, token: string): Page {
  const title = "Get paid by Qonto payment links";
  return {
    title,
    main: html`${stepList("consent")}
<section class="card">
<h1>${title}</h1>
<p>You are about to connect the shop <strong>${merchant}</strong> with your Qonto account. You can stop at any
time, and continue in this browser within a day.</p>
<p>You will need:</p>
<ul>
<li>a login to Qonto that may give apps access to your organization,</li>
<li>the bank account that should receive the payments,</li>
<li>a phone number, the address of your website, and a few words about your business.</li>
</ul>
<form method="post" action="/connect/${merchant}">
<input type="hidden" name="token" value="${token}">
<button type="submit">Begin</button>
</form>
</section>`,
  };
}
