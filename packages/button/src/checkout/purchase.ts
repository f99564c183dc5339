import type { OfferClaims, RequestedItem } from "@qonto-pay/core/api";
import { parseJson } from "../api/untrusted-json.ts";

/** What the shopper is about to pay for, as the page states it. */
export interface Purchase {
  /** Origin of the Worker, without a slash at the end. */
  readonly endpoint: string;
  /** Publishable key. */
  readonly publishable_key: string;
  readonly product?: string | undefined;
  readonly quantity?: number | undefined;
  /** Decimal string in major units; for open-amount products. */
  readonly amount?: string | undefined;
  /** Several products at once. */
  readonly items?: readonly RequestedItem[] | undefined;
  /** What the merchant's own server signed. */
  readonly offer?: string | undefined;
  readonly reference?: string | undefined;
}

/** Whether a purchase names the merchant, something to pay for, and a Worker that is reached over HTTP. */
export function isComplete({ endpoint, publishable_key, product, items, offer }: Purchase): boolean {
  return (
    publishable_key !== "" && (product ?? items ?? offer) !== undefined && /^(https?:\/\/[^/]|\/|$)/i.test(endpoint)
  );
}

/** Identifies a purchase: two purchases are the same exactly when their keys are equal. */
export function purchaseKey({
  endpoint,
  publishable_key,
  product,
  quantity,
  amount,
  items,
  offer,
  reference,
}: Purchase): string {
  return JSON.stringify([
    endpoint,
    publishable_key,
    product,
    quantity,
    amount,
    reference,
    items,
    offer && offerContent(offer),
  ]);
}

/** Whether the purchase can be paid only once: an order with a reference, unlike a product that can be bought again. */
export function isOneOrder({ reference, offer }: Purchase): boolean {
  const claims = offer === undefined ? undefined : claimsOf(offer);
  return (reference ?? claims?.checkout?.reference) !== undefined || claims?.single_use === true;
}

/** The content of an offer without its dates: a page that is rendered again carries another token for the same content. */
function offerContent(offer: string): unknown {
  const claims = claimsOf(offer);
  return claims === undefined ? offer : { ...claims, iat: 0, exp: 0 };
}

/** The claims of an offer; the signature is not checked. Undefined if they can't be read. */
function claimsOf(offer: string): Partial<OfferClaims> | undefined {
  try {
    const payload = offer.split(".")[1] ?? "";
    return parseJson(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as Partial<OfferClaims>;
  } catch {
    return undefined;
  }
}
