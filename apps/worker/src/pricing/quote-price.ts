import type { Price, PriceRequest } from "@qonto-pay/core/api";
import type { MerchantContext } from "../context/merchant-context.ts";
import { requireAllowedOrigin } from "../accounts/require-allowed-origin.ts";
import { claimsOfOffer, offerOrder } from "./order-from-offer.ts";
import { pricerOf } from "./price-items.ts";

/**
 * Returns the price for a page, and the bounds within which the shopper can choose another amount or quantity. It uses
 * nothing up: a single-use offer can still be taken.
 *
 * @throws ApiError `origin_not_allowed`, those of `pricerOf`, `claimsOfOffer` and `offerOrder`.
 */
export async function quotePrice(
  merchant: MerchantContext,
  request: PriceRequest,
  origin: string | null,
): Promise<Price> {
  requireAllowedOrigin(merchant, origin);
  if (request.offer === undefined) {
    return { amount: pricerOf(merchant, request)([]).shown, ...boundsOf(merchant, request) };
  }
  const { checkout } = await claimsOfOffer(merchant, request.offer);
  return { amount: offerOrder(merchant, checkout).amount };
}

/** Returns the bounds of a single product. Several products have none in common. */
function boundsOf(merchant: MerchantContext, { product: id }: PriceRequest): Omit<Price, "amount"> {
  const product = id === undefined ? null : merchant.products.find(id);
  if (product === null) return {};
  if ("open_amount" in product) return { open_amount: product.open_amount };
  return { min_quantity: product.min_quantity, max_quantity: product.max_quantity };
}
