import { PAYMENT_STATUSES } from "@qonto-pay/core/qonto";
import type { PaymentAttempt, StoredPaymentLink } from "../state/state.ts";
import { payPath } from "./find-pay-link.ts";
import { type Markup, markup } from "../pages/markup.ts";

/** Returns the second step: the shopper chooses the payment's status. `paid` is preselected. */
export function statusForm(link: StoredPaymentLink, attempt: PaymentAttempt): Markup {
  const choices = PAYMENT_STATUSES.map(
    (status) => markup`<label class="choice"><input type="radio" name="status" value="${status}"${
      status === "paid" ? " checked" : ""
    }> ${capitalized(status)}</label>
`,
  );
  return markup`<section class="card" aria-labelledby="simulate">
<h2 id="simulate">How should this payment end?</h2>
<form method="post" action="${payPath(link, "/status", { attempt: attempt.id })}">
<fieldset>
<legend>This is a simulation: choose the status that the payment gets.</legend>
${choices}</fieldset>
<button type="submit">Continue</button>
</form>
</section>`;
}

/** Returns a status with a capital letter. */
export function capitalized(status: string): string {
  return status.charAt(0).toUpperCase() + status.slice(1);
}
