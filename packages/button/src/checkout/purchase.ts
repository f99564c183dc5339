import type { OfferClaims, RequestedItem } from "@qonto-pay/core/api";
import { parseJson } from "../api/untrusted-json.ts";

/** The purchase that the page states. */
export interface Purchase {
  /** Address of the Worker, without a trailing slash. */
  readonly endpoint: string;
  /** Publishable key. */
  readonly publishable_key: string;
  readonly product?: string | undefined;
  readonly quantity?: number | undefined;
  /** Decimal string in major units, for open-amount products. */
  readonly amount?: string | undefined;
  /** Several products at once. */
  readonly items?: readonly RequestedItem[] | undefined;
  /** An offer that the merchant's server signed. */
  readonly offer?: string | undefined;
  readonly reference?: string | undefined;
}

/**
 * Returns whether a purchase names the merchant, something to pay for, and a Worker with an HTTP address. A purchase with
 * a secret key in any field is not complete, so that the key is never sent.
 */
export function isComplete(purchase: Purchase): boolean {
  const { endpoint, publishable_key, product, items, offer } = purchase;
  return (
    publishable_key !== "" &&
    (product ?? items ?? offer) !== undefined &&
    /^(https?:\/\/[^/]|\/|$)/i.test(endpoint) &&
    // In JSON, an escaped white space such as `\n` ends with a letter.
    !/(\b|\\.)sk_(live|sandbox)_/.test(JSON.stringify(purchase))
  );
}

/**
 * Returns the identity of a purchase: two purchases are the same if and only if their keys are equal. One piece that the
 * shopper chose is the same as one by default.
 */
export function purchaseKey(purchase: Purchase): string {
  const { quantity = 1, offer } = purchase;
  return JSON.stringify({ ...purchase, quantity, offer: offer && offerContent(offer) });
}

/** Returns the content of an offer without its dates: a page that is rendered again has a new token for it. */
function offerContent(offer: string): unknown {
  const claims = claimsOf(offer);
  return claims === undefined ? offer : { ...claims, iat: 0, exp: 0 };
}

/** Returns the claims of an offer without verifying the signature. Undefined if they can't be read. */
export function claimsOf(offer: string): Partial<OfferClaims> | undefined {
  try {
    const payload = offer.split(".")[1] ?? "";
    return parseJson(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as Partial<OfferClaims>;
  } catch {
    return undefined;
  }
}
