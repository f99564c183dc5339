import type { CheckoutSnapshot, Metadata } from "@qonto-pay/client";
import type { Order, RequestContext } from "@vendure/core";

/** Names in the metadata of a checkout. */
export const ORDER = "vendure_order";
export const CHANNEL = "vendure_channel";
export const CONTENT = "vendure_content";

/**
 * Names the order of a checkout beyond its `reference`, which another shop of the same merchant may have, too.
 *
 * @param content a hash of what is to be paid.
 */
export function metadataOf(ctx: RequestContext, order: Order, content: string): Metadata {
  return { [ORDER]: String(order.id), [CHANNEL]: ctx.channel.token, [CONTENT]: content };
}

/** The order of a checkout, as its metadata names it. */
export interface NamedOrder {
  readonly code: string;
  readonly id: string;
  readonly channelToken: string;
}

/** Which order a checkout is for; null for one that no Vendure shop has opened. */
export function orderOf({ reference, metadata }: CheckoutSnapshot): NamedOrder | null {
  const { [ORDER]: id, [CHANNEL]: channelToken } = metadata;
  return reference === null || id === undefined || channelToken === undefined
    ? null
    : { code: reference, id, channelToken };
}
