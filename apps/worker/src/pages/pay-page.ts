import { formatAmount } from "@qonto-pay/core/format";
import type { ForSale } from "../storefront/for-sale.ts";
import { field } from "./field.ts";
import { type Html, html } from "./html.ts";
import type { Page } from "./layout.ts";
import { shopperFrame } from "./shopper-frame.ts";
import { formatRate, type Language } from "./texts/language.ts";

/** Fields that the form sends in addition to the shopper's own. */
export interface PayForm {
  readonly publishableKey: string;
  /** A repeated click sends the same id. */
  readonly attemptId: string;
  /** The amount that the shopper chose before, for a product with an open amount. */
  readonly amount?: string | undefined;
  /** The shop's own order number. */
  readonly reference?: string | undefined;
}

/**
 * Returns the page with a product, its price, and the button to Qonto's page. It runs no script and creates no link.
 */
export function payPage(product: ForSale, form: PayForm, language: Language): Page {
  const { title, payee } = product;
  return {
    title,
    frame: shopperFrame(language, payee),
    main: html`<section class="card">
<h1>${title}</h1>
${whatIsForSale(product, form, language)}
</section>`,
  };
}

/** Returns the part below the product's title. */
export function whatIsForSale(product: ForSale, form: PayForm, language: Language): Html {
  const { id, description, vatRate, price } = product;
  const { publishableKey, attemptId, amount, reference } = form;
  const texts = language.texts.pay;
  return html`${description !== null && html`<p>${description}</p>`}
${price.kind === "fixed" && html`<p class="price">${formatAmount(price.amount, language.locale)}</p>`}
${price.kind === "fixed" && price.quantity > 1 && html`<p>${texts.quantity(price.quantity)}</p>`}
${/[1-9]/.test(vatRate) && html`<p class="soft">${texts.vat(formatRate(vatRate, language))}</p>`}
${reference !== undefined && html`<dl class="facts"><div><dt>${language.texts.status.reference}</dt><dd>${reference}</dd></div></dl>`}
<form method="post" action="/pay/${publishableKey}/${id}">
<input type="hidden" name="attempt_id" value="${attemptId}">
${reference !== undefined && html`<input type="hidden" name="reference" value="${reference}">`}
${price.kind === "open" ? amountField(price, amount, language) : whatIsShown(price)}
<button type="submit">${texts.button}</button>
</form>
<p class="soft after">${texts.onward}</p>`;
}

/** The price that the shopper saw. If it changes, the shopper must confirm the new price. */
function whatIsShown({ quantity, amount }: Extract<ForSale["price"], { kind: "fixed" }>): Html {
  return html`<input type="hidden" name="quantity" value="${quantity}">
<input type="hidden" name="shown_amount" value="${amount.value} ${amount.currency}">`;
}

function amountField(
  { min, max }: Extract<ForSale["price"], { kind: "open" }>,
  amount: string | undefined,
  language: Language,
): Html {
  const texts = language.texts.pay;
  // A number field shows nothing else.
  const chosen = amount !== undefined && /^\d+(\.\d+)?$/.test(amount) && html` value="${amount}"`;
  return field({
    name: "amount",
    label: texts.amount(min.currency),
    hint: texts.bounds(formatAmount(min, language.locale), formatAmount(max, language.locale)),
    error: undefined,
    control: (attributes) =>
      html`<input type="number" inputmode="decimal" step="0.01" min="${min.value}" max="${max.value}" required ${attributes}${chosen}>`,
  });
}
