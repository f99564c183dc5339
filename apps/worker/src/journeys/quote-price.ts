import type { Price, Product } from "@qonto-pay/core/api";
import type { BuiltBasket, RoundingPolicy } from "@qonto-pay/core/money";
import { Failure } from "../failure/failure.ts";
import { type PriceRequest, priceRequest } from "../pricing/price-request.ts";
import type { Merchant } from "./merchant.ts";
import { requireAllowedOrigin } from "./require-allowed-origin.ts";

/**
 * Tells a page what a product costs.
 *
 * @throws Failure `origin_not_allowed`, `product_not_found`, `quantity_out_of_range`, `amount_out_of_range`.
 */
export function quotePrice(merchant: Merchant, productId: string, request: PriceRequest, origin: string | null): Price {
  // A page of the Worker's own origin sends no Origin with a GET.
  if (origin !== null) requireAllowedOrigin(merchant, origin);
  const { product, basket } = priceOf(merchant, productId, request, undefined);
  return { product: product.id, title: product.title, quantity: request.quantity ?? 1, amount: basket.shown };
}

/** The product and its basket, written for a way of rounding. @throws Failure as `quotePrice`. */
export function priceOf(
  merchant: Merchant,
  productId: string,
  request: PriceRequest,
  policy: RoundingPolicy | undefined,
): { product: Product; basket: BuiltBasket } {
  const product = merchant.catalogue.find(productId);
  if (product === null) throw new Failure("product_not_found", { param: "product" });
  const basket = priceRequest(product, request, policy);
  if (basket === "quantity_out_of_range") throw new Failure(basket, { param: "quantity" });
  if (basket === "amount_out_of_range") throw new Failure(basket, { param: "amount" });
  return { product, basket };
}
