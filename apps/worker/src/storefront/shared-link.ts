import { isEnded, type Product } from "@qonto-pay/core/api";
import { endOf } from "../events/serialize-checkout.ts";
import type { ForSale } from "./for-sale.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { isUrlAllowed } from "../http/allowed-url.ts";
import type { Checkout, CheckoutWithLink } from "../storage/checkouts.ts";
import type { SharedAttempt } from "../storage/shared-checkouts.ts";
import { orderFromCatalog } from "../pricing/order-from-catalog.ts";
import { openCheckout } from "../checkout/open-checkout.ts";
import { getForSale, requireForSale } from "./get-for-sale.ts";
import { SHARED_LINK_KEPT_MS } from "../http/shared-link-cache.ts";
import { intentOf, deactivateRetired } from "./retire-shared-link.ts";

/** A link needs at least this much time left for the shopper to pay. */
const TIME_TO_PAY_MS = 15 * 60_000;

export interface SharedLink {
  readonly kind: "link";
  readonly url: string;
  /** The time until which the link may be cached for other shoppers, in milliseconds since the epoch. */
  readonly keptUntil: number;
}

/** No link exists and none was created, because a shopper has to choose or confirm first. */
export interface NoLink {
  readonly kind: "no_link";
  readonly product: ForSale;
}

export interface LinkRequest {
  /** Id of the product. */
  readonly product: string;
  /** Whether a person follows the link. Other clients, such as crawlers, never create a link. */
  readonly isByPerson: boolean;
}

/**
 * Returns the shared link of a product: one reusable link for a quantity of one, at the present price. The first
 * shopper's request creates it, as an ordinary checkout; concurrent requests wait for the same link. A product that
 * needs a choice by the shopper has no shared link.
 *
 * @throws ApiError as `requireForSale`, `getForSale` and `openCheckout`.
 */
export async function getSharedLink(merchant: MerchantContext, asked: LinkRequest): Promise<SharedLink | NoLink> {
  const product = requireForSale(merchant, asked.product);
  const present = presentFor(merchant, product);
  const hasLink = present !== null && merchant.checkouts.findByAttempt(present.attemptId)?.link != null;
  if (hasChoice(product) || (!hasLink && !asked.isByPerson)) {
    return { kind: "no_link", product: getForSale(merchant, product) };
  }
  // No await between finding the attempt and starting the creation, so that all requests share one attempt.
  const { attemptId, intent } = present ?? begin(merchant, product);
  const checkout = await openShared(merchant, product.id, attemptId, intent);
  // If the price changed while Qonto created the link, the link was retired. Start again with the new price.
  if (merchant.sharedCheckouts.presentOf(product.id)?.attemptId !== attemptId) return getSharedLink(merchant, asked);
  const keptUntil = Math.min(Date.now() + SHARED_LINK_KEPT_MS, endOf(checkout) ?? Infinity);
  return { kind: "link", url: checkout.link.url, keptUntil };
}

function hasChoice(product: Product): boolean {
  return "open_amount" in product || product.min_quantity > 1;
}

/** Returns the product's attempt, if its link is still to be created or can be paid. */
function presentFor(merchant: MerchantContext, product: Product): SharedAttempt | null {
  const present = merchant.sharedCheckouts.presentOf(product.id);
  if (present === null || present.intent !== intentOf(product)) return null;
  const checkout = merchant.checkouts.findByAttempt(present.attemptId);
  return checkout === null || isPayable(merchant, checkout) ? present : null;
}

function isPayable({ config }: MerchantContext, checkout: Checkout): boolean {
  if (isEnded(checkout.status)) return false;
  if (checkout.link === null) return true;
  const end = endOf(checkout);
  return isUrlAllowed(checkout.link.url, config.payHosts) && (end === null || end > Date.now() + TIME_TO_PAY_MS);
}

/** Retires the product's previous attempt and begins a new one. */
function begin(merchant: MerchantContext, product: Product): Omit<SharedAttempt, "retiredAt"> {
  const attempt = {
    attemptId: `shared:${crypto.randomUUID()}`,
    product: product.id,
    intent: intentOf(product),
  };
  merchant.sharedCheckouts.retire(product.id, Date.now());
  merchant.sharedCheckouts.add(attempt);
  return attempt;
}

async function openShared(
  merchant: MerchantContext,
  product: string,
  attemptId: string,
  intent: string,
): Promise<CheckoutWithLink> {
  try {
    const order = () => ({ ...orderFromCatalog(merchant, { product }), isReusable: true });
    return (await openCheckout(merchant, { id: attemptId, intent, param: "product" }, order)).checkout;
  } finally {
    deactivateRetired(merchant);
  }
}
