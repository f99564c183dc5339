import type { PaymentMethodName } from "../state/payment-methods.ts";
import type { StoredPaymentLink } from "../state/state.ts";
import { type CardErrors, type CardField, type CardForm, TEST_CARD } from "./check-card.ts";
import { payPath } from "./find-pay-link.ts";
import { type Markup, markup, NOTHING } from "../pages/markup.ts";

export const METHOD_NAMES: Readonly<Record<PaymentMethodName, string>> = {
  credit_card: "Card",
  apple_pay: "Apple Pay",
  paypal: "PayPal",
  ideal: "iDEAL",
  bank_transfer: "Bank transfer",
};

/** Returns the first step of a card payment. A rejected card keeps its input, except for the CVC. */
export function cardForm(link: StoredPaymentLink, typed?: CardForm, errors: CardErrors = {}): Markup {
  const field = (name: CardField, label: string, autocomplete: string, placeholder: string, value = "") => {
    const error = errors[name];
    const described = error === undefined ? NOTHING : markup` aria-invalid="true" aria-describedby="${name}-error"`;
    return markup`<div class="field">
<label for="${name}">${label}</label>
<input type="text" inputmode="numeric" id="${name}" name="${name}" value="${value}" autocomplete="${autocomplete}" placeholder="${placeholder}" maxlength="40"${described}>
${error === undefined ? NOTHING : markup`<p class="error" id="${name}-error">${error}</p>`}
</div>`;
  };
  return markup`<section class="card" aria-labelledby="method">
<h2 id="method">Pay by card</h2>
${Object.keys(errors).length === 0 ? NOTHING : markup`<p class="alert" role="alert">Your payment was not made. Check the card below.</p>`}
<form method="post" action="${payPath(link, "/card")}" novalidate>
${field("cardNumber", "Card number", "cc-number", "0000 0000 0000 0000", typed?.cardNumber)}
<div class="pair">
${field("expirationDate", "Expiration date", "cc-exp", "MM/YY", typed?.expirationDate)}
${field("cvc", "CVC", "cc-csc", "123")}
</div>
<button type="submit">Pay</button>
<p class="soft">Test card: ${TEST_CARD}, any future date, any 3 digits.</p>
</form>
${otherMethods(link, "credit_card")}
</section>`;
}

/** Returns the first step of any other payment method. The part on the method's own site is skipped. */
export function methodForm(link: StoredPaymentLink, method: PaymentMethodName): Markup {
  const name = METHOD_NAMES[method];
  return markup`<section class="card" aria-labelledby="method">
<h2 id="method">Pay with ${name}</h2>
<form method="post" action="${payPath(link, "/method")}">
<input type="hidden" name="method" value="${method}">
<p class="soft">You would now go to ${name}. The sandbox skips that and takes you to the result.</p>
<button type="submit">Pay</button>
</form>
${otherMethods(link, method)}
</section>`;
}

function otherMethods(link: StoredPaymentLink, chosen: PaymentMethodName): Markup {
  const others = link.potential_payment_methods.filter((method) => method !== chosen);
  if (others.length === 0) return NOTHING;
  const links = others.map(
    (method, index) =>
      markup`${index === 0 ? "" : ", "}<a href="${payPath(link, "", { method })}">${METHOD_NAMES[method]}</a>`,
  );
  return markup`<p class="other">Or use: ${links}</p>`;
}
