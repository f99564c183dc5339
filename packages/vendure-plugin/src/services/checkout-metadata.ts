import type { CheckoutSnapshot, Metadata } from "@qonto-pay/client";
import type { ID, Order, RequestContext } from "@vendure/core";

/** Names in the metadata of a checkout. */
const SHOP = "vendure_shop";
const ORDER = "vendure_order";
const CHANNEL = "vendure_channel";
const CONTENT = "vendure_content";
const AFTER = "vendure_after";
/** For the merchant to read at Qonto. Not used as an identifier. */
const CODE = "vendure_code";

/**
 * Identifies the order of a checkout by ids that never change. A `reference`, an order's code and a channel's token or
 * code are no identifiers: merchants change them, and another shop of the same merchant may use the same ones.
 */
export interface OrderIdentity {
  /** `ShopIdentity` of the database that holds the order. */
  readonly shopId: string;
  readonly orderId: string;
  /** The channel that the checkout was opened in. */
  readonly channelId: string;
}

export function identityOf(shopId: string, ctx: RequestContext, { id }: Order): OrderIdentity {
  return { shopId, orderId: String(id), channelId: String(ctx.channelId) };
}

/**
 * @param content hash of the order's contents.
 * @param after the checkout of the order before this one; "" for the first.
 */
export function metadataOf(identity: OrderIdentity, code: string, content: string, after: string): Metadata {
  const { shopId, orderId, channelId } = identity;
  return { [SHOP]: shopId, [ORDER]: orderId, [CHANNEL]: channelId, [CODE]: code, [CONTENT]: content, [AFTER]: after };
}

/** Returns the entries by which the Worker lists the checkouts of an order, in any of its channels. */
export function metadataOfOrder(shopId: string, orderId: ID): Metadata {
  return { [SHOP]: shopId, [ORDER]: String(orderId) };
}

/**
 * Returns the order that the metadata of a checkout names. The merchant and their other programs can change or remove
 * each entry while the checkout is open.
 */
export function claimedOrder({ metadata }: CheckoutSnapshot): Partial<OrderIdentity> {
  const { [SHOP]: shopId, [ORDER]: orderId, [CHANNEL]: channelId } = metadata;
  return {
    ...(shopId !== undefined && { shopId }),
    ...(orderId !== undefined && { orderId }),
    ...(channelId !== undefined && { channelId }),
  };
}

/** Returns the `content` that was given to `metadataOf`. */
export function contentOf({ metadata }: CheckoutSnapshot): string | undefined {
  return metadata[CONTENT];
}

/** Returns the `after` that was given to `metadataOf`; "" if there is none. */
export function predecessorOf({ metadata }: CheckoutSnapshot): string {
  return metadata[AFTER] ?? "";
}
