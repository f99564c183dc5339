import type { Price, PriceQuery } from "@qonto-pay/core/api";
import type { Merchant } from "../merchant/merchant.ts";
import { pricerOf } from "./price-request.ts";
import { requireAllowedOrigin } from "../merchant/require-allowed-origin.ts";

/**
 * Tells a page what a product costs.
 *
 * @throws Failure `origin_not_allowed` and those of `pricerOf`.
 */
export function quotePrice(merchant: Merchant, query: PriceQuery, origin: string | null): Price {
  // A page of the Worker's own origin sends no Origin with a GET.
  if (origin !== null) requireAllowedOrigin(merchant, origin);
  const { shown } = pricerOf(merchant, query)([]);
  const title = merchant.catalogue.find(query.product)?.title ?? query.product;
  return { product: query.product, title, quantity: query.quantity ?? 1, amount: shown };
}
