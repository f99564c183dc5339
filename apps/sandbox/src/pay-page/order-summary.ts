import { formatAmount } from "@qonto-pay/core/format";
import { priceBasket } from "@qonto-pay/core/money";
import type { BasketItem } from "@qonto-pay/core/qonto";
import type { StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { LANGUAGE } from "../pages/layout.ts";
import { type Markup, markup, NOTHING } from "../pages/markup.ts";

/** Returns the payee and the order: the lines, the VAT by rate and the total. */
export function orderSummary(world: World, link: StoredPaymentLink): Markup {
  const total = formatAmount(link.amount, LANGUAGE);
  return markup`<section class="card" aria-labelledby="payee">
<h1 class="payee" id="payee">Pay ${world.store.state.organization.name}</h1>
<p class="total">${total}</p>
${link.items === null ? invoice(link) : basket(link, link.items)}
<dl class="sums">
${link.items === null ? NOTHING : vatByRate(link, link.items)}
<div class="sum"><dt>Total</dt><dd class="amount">${total}</dd></div>
</dl>
</section>`;
}

function invoice(link: StoredPaymentLink): Markup {
  return markup`<ul class="lines">
<li><div>Invoice ${link.invoice_number ?? ""}<div class="soft">For ${link.debitor_name ?? ""}</div></div></li>
</ul>`;
}

function basket(link: StoredPaymentLink, items: readonly BasketItem[]): Markup {
  const { lines } = priceBasket(items, link.rounding_policy);
  return markup`<ul class="lines">
${items.map((item, index) => {
  const net = lines[index]?.net;
  return markup`<li><div>${item.title}${description(item)}<div class="soft">${quantity(item)}</div></div>
<div class="amount">${net === undefined ? "" : formatAmount(net, LANGUAGE)}</div></li>
`;
})}</ul>`;
}

function description({ description: text }: BasketItem): Markup {
  return text === undefined || text === "" ? NOTHING : markup`<div class="soft">${text}</div>`;
}

function quantity({ quantity: count, measure_unit, unit_price }: BasketItem): string {
  return `${count}${measure_unit === undefined ? "" : ` ${measure_unit}`} × ${formatAmount(unit_price, LANGUAGE)}, excl. VAT`;
}

function vatByRate(link: StoredPaymentLink, items: readonly BasketItem[]): Markup {
  const { net, vat } = priceBasket(items, link.rounding_policy);
  return markup`<div><dt>Total excl. VAT</dt><dd class="amount">${formatAmount(net, LANGUAGE)}</dd></div>
${vat.map(
  (rate) => markup`<div><dt>VAT ${rate.rate} %</dt><dd class="amount">${formatAmount(rate.vat, LANGUAGE)}</dd></div>
`,
)}`;
}
