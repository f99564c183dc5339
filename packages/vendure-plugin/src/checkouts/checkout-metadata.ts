import type { CheckoutSnapshot, Metadata } from "@qonto-pay/client";
import type { Order, RequestContext } from "@vendure/core";

/** Names in the metadata of a checkout. */
const ORDER = "vendure_order";
const CODE = "vendure_code";
const CHANNEL = "vendure_channel";
const CONTENT = "vendure_content";
const AFTER = "vendure_after";

/** Which order a checkout is for. Its `reference` does not tell: another shop of the same merchant may have the same one. */
export interface NamedOrder {
  readonly code: string;
  readonly id: string;
  readonly channelToken: string;
}

/** How an order is named in the metadata of its checkouts. */
export function nameOf(ctx: RequestContext, { id, code }: Order): NamedOrder {
  return { code, id: String(id), channelToken: ctx.channel.token };
}

/**
 * @param content a hash of what is to be paid.
 * @param after the checkout of the order before this one; "" for the first.
 */
export function metadataOf({ id, code, channelToken }: NamedOrder, content: string, after: string): Metadata {
  return { [ORDER]: id, [CODE]: code, [CHANNEL]: channelToken, [CONTENT]: content, [AFTER]: after };
}

/** Which order a checkout is for; null for one that no Vendure shop has opened. */
export function orderOf({ metadata }: CheckoutSnapshot): NamedOrder | null {
  const { [ORDER]: id, [CODE]: code, [CHANNEL]: channelToken } = metadata;
  return id === undefined || code === undefined || channelToken === undefined ? null : { code, id, channelToken };
}

export function isOf(checkout: CheckoutSnapshot, { code, id, channelToken }: NamedOrder): boolean {
  const named = orderOf(checkout);
  return named?.id === id && named.code === code && named.channelToken === channelToken;
}

/** The hash that `metadataOf` was given. */
export function contentOf({ metadata }: CheckoutSnapshot): string | undefined {
  return metadata[CONTENT];
}

/** The checkout before this one, as `metadataOf` was given it. */
export function predecessorOf({ metadata }: CheckoutSnapshot): string {
  return metadata[AFTER] ?? "";
}
