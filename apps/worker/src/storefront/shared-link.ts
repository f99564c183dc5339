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
import { intentOf, withdrawRetired } from "./retire-shared-link.ts";

/** A link that ends before somebody has found their card is no good to them. */
const TIME_TO_PAY_MS = 15 * 60_000;

export interface SharedLink {
  readonly kind: "link";
  readonly url: string;
  /** Until when (milliseconds of the epoch) others may be sent there without asking again. */
  readonly keptUntil: number;
}

/** There is no link, and none is made: it takes somebody who says so. */
export interface NoLink {
  readonly kind: "no_link";
  readonly product: ForSale;
}

export interface LinkRequest {
  /** Id of the product. */
  readonly product: string;
  /** Whether it is a person who goes there: nobody else has a link made. */
  readonly isByPerson: boolean;
}

/**
 * Leads everybody who asks for a product to one reusable link for a single one of it, at its price of now. The first
 * person has it made, as a checkout like any other; those who come meanwhile wait for the same. A product whose buyer has
 * something to choose has no such link.
 *
 * @throws ApiError of `requireForSale`, `getForSale` and `openCheckout`.
 */
export async function getSharedLink(merchant: MerchantContext, asked: LinkRequest): Promise<SharedLink | NoLink> {
  const product = requireForSale(merchant, asked.product);
  const present = presentFor(merchant, product);
  const isThere = present !== null && merchant.checkouts.findByAttempt(present.attemptId)?.link != null;
  if (hasChoice(product) || (!isThere && !asked.isByPerson)) {
    return { kind: "no_link", product: getForSale(merchant, product) };
  }
  // No await from finding the attempt until its mint is under way: everybody has to find the same.
  const { attemptId, intent } = present ?? begin(merchant, product);
  const checkout = await openShared(merchant, product.id, attemptId, intent);
  // The price may have changed while Qonto made the link: then it was withdrawn, and there is another one.
  if (merchant.sharedCheckouts.presentOf(product.id)?.attemptId !== attemptId) return getSharedLink(merchant, asked);
  const keptUntil = Math.min(Date.now() + SHARED_LINK_KEPT_MS, endOf(checkout) ?? Infinity);
  return { kind: "link", url: checkout.link.url, keptUntil };
}

function hasChoice(product: Product): boolean {
  return "open_amount" in product || product.min_quantity > 1;
}

/** The product's attempt, as long as people may be sent to what came of it. */
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

/** A new attempt in the place of one that is of no use any more. */
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
    const order = () => ({ ...orderFromCatalog(merchant, { product }), metadata: { product }, isReusable: true });
    return (await openCheckout(merchant, { id: attemptId, intent, param: "product" }, order)).checkout;
  } finally {
    withdrawRetired(merchant);
  }
}
