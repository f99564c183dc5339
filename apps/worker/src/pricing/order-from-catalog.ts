import type { MerchantContext } from "../context/merchant-context.ts";
import type { CheckoutOrder } from "../checkout/open-checkout.ts";
import { namedLinesOf, type Priceable, pricerOf } from "./price-items.ts";

/** Returns an order at the current prices of the merchant's catalogue. @throws ApiError of `pricerOf`. */
export function orderFromCatalog(
  merchant: MerchantContext,
  request: Priceable & { readonly reference?: string | undefined },
): CheckoutOrder {
  const write = pricerOf(merchant, request);
  const safe = write([]);
  return {
    sale: { kind: "basket", safe, write },
    amount: safe.shown,
    reference: request.reference ?? null,
    metadata: {},
    products: namedLinesOf(request).map(({ product, quantity = 1 }) => ({ product, quantity })),
    isReusable: false,
    openedBy: "button",
    successUrl: null,
    cancelUrl: null,
    locale: null,
    closesAt: null,
  };
}
