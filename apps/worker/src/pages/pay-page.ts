import { formatAmount } from "@qonto-pay/core/format";
import type { ForSale } from "../merchant/for-sale.ts";
import { field } from "./field.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import { shopperFrame } from "./shopper-frame.ts";
import { formatRate, type Language } from "./texts/language.ts";

/** What the form of the page sends besides what the shopper fills in. */
export interface PayForm {
  readonly publishableKey: string;
  /** A click that is repeated sends the same one. */
  readonly attemptId: string;
}

/** A product, what it costs, and the button that leads to Qonto's page. It runs no script and makes no link. */
export function payPage(product: ForSale, { publishableKey, attemptId }: PayForm, language: Language): Page {
  const { id, title, description, vatRate, payee, price } = product;
  const texts = language.texts.pay;
  return {
    title,
    frame: shopperFrame(language, payee),
    main: html`<section class="card">
<h1>${title}</h1>
${description !== null && html`<p>${description}</p>`}
${price.kind === "fixed" && html`<p class="price">${formatAmount(price.amount, language.locale)}</p>`}
${price.kind === "fixed" && price.quantity > 1 && html`<p>${texts.quantity(price.quantity)}</p>`}
${/[1-9]/.test(vatRate) && html`<p class="soft">${texts.vat(formatRate(vatRate, language))}</p>`}
<form method="post" action="/pay/${publishableKey}/${id}">
<input type="hidden" name="attempt_id" value="${attemptId}">
${price.kind === "open" ? amountField(price, language) : whatIsShown(price)}
<button type="submit">${texts.button}</button>
</form>
<p class="soft after">${texts.onward}</p>
</section>`,
  };
}

/** What the shopper has read: they are asked again should the price be another one by now. */
function whatIsShown({ quantity, amount }: Extract<ForSale["price"], { kind: "fixed" }>): Html {
  return html`<input type="hidden" name="quantity" value="${quantity}">
<input type="hidden" name="shown_amount" value="${amount.value} ${amount.currency}">`;
}

function amountField({ min, max }: Extract<ForSale["price"], { kind: "open" }>, language: Language): Html {
  const texts = language.texts.pay;
  return field({
    name: "amount",
    label: texts.amount(min.currency),
    hint: texts.bounds(formatAmount(min, language.locale), formatAmount(max, language.locale)),
    error: undefined,
    control: (attributes) =>
      html`<input type="number" inputmode="decimal" step="0.01" min="${min.value}" max="${max.value}" required ${attributes}>`,
  });
}
