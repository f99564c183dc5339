import type { Product } from "@qonto-pay/core/api";
import type { ForSale } from "../merchant/for-sale.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { pricerOf } from "./price-request.ts";

/** A product as its shopper sees it before they pay. @throws Failure `amount_out_of_range` for one that can't be paid. */
export function readForSale(merchant: Merchant, product: Product): ForSale {
  const { id, title, description = null, vat_rate: vatRate } = product;
  const payee = merchant.settings.read("organization")?.name ?? null;
  return { id, title, description, vatRate, payee, price: priceOf(merchant, product) };
}

function priceOf(merchant: Merchant, product: Product): ForSale["price"] {
  if ("open_amount" in product) return { kind: "open", ...product.open_amount };
  const quantity = product.min_quantity;
  return { kind: "fixed", quantity, amount: pricerOf(merchant, { product: product.id, quantity })([]).shown };
}
