import type { Price, PriceRequest } from "@qonto-pay/core/api";
import type { MerchantContext } from "../context/merchant-context.ts";
import { requireAllowedOrigin } from "../accounts/require-allowed-origin.ts";
import { claimsOfOffer, offerOrder } from "./order-from-offer.ts";
import { pricerOf } from "./price-items.ts";

/**
 * Returns the price for a page. It uses nothing up: a single-use offer can still be taken.
 *
 * @throws ApiError `origin_not_allowed`, those of `pricerOf`, `claimsOfOffer` and `offerOrder`.
 */
export async function quotePrice(
  merchant: MerchantContext,
  request: PriceRequest,
  origin: string | null,
): Promise<Price> {
  requireAllowedOrigin(merchant, origin);
  if (request.offer === undefined) return { amount: pricerOf(merchant, request)([]).shown };
  const { checkout } = await claimsOfOffer(merchant, request.offer);
  return { amount: offerOrder(merchant, checkout).amount };
}
