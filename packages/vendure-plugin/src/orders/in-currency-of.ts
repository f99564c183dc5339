import type { Order, RequestContext } from "@vendure/core";

/**
 * The context with the currency of an order, in the same session and transaction. Vendure makes whatever it comes to the
 * price of an order of the context's currency, which is the one that a shopper looks at the shop in, or the channel's own.
 */
export function inCurrencyOf({ currencyCode }: Order, ctx: RequestContext): RequestContext {
  const own = ctx.copy();
  // As Vendure's `updateOrderCurrency` does it: a context that is created with a currency would be in no transaction.
  Object.assign(own, { _currencyCode: currencyCode });
  return own;
}
