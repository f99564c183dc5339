import type { OfferClaims, RequestedItem } from "@qonto-pay/core/api";
import { parsedJson } from "../api/untrusted-json.ts";

/** What the shopper is about to pay for, as the page states it. */
export interface Intent {
  /** Origin of the Worker, without a slash at the end. */
  readonly endpoint: string;
  /** Publishable key. */
  readonly key: string;
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

/** Whether it says who is paid, for what, and which server is asked: what a `data:` address says is nobody's word. */
export function isComplete({ endpoint, key, product, items, offer }: Intent): boolean {
  return key !== "" && (product ?? items ?? offer) !== undefined && /^(https?:\/\/[^/]|\/|$)/i.test(endpoint);
}

/** Two intents are the same purchase exactly when their names are equal. */
export function nameOfIntent({ endpoint, key, product, quantity, amount, items, offer, reference }: Intent): string {
  return JSON.stringify([endpoint, key, product, quantity, amount, reference, items, offer && contentOf(offer)]);
}

/** Whether it is paid once and for all: an order with a number, and no mug that may be bought again. */
export function isOneOrder({ reference, offer }: Intent): boolean {
  const claims = offer === undefined ? undefined : claimsOf(offer);
  return (reference ?? claims?.checkout?.reference) !== undefined || claims?.single_use === true;
}

/** A page that is made anew carries another token for the same. */
function contentOf(offer: string): unknown {
  const claims = claimsOf(offer);
  return claims === undefined ? offer : { ...claims, iat: 0, exp: 0 };
}

/** What an offer says, whoever signed it. Undefined where it can't be read. */
function claimsOf(offer: string): Partial<OfferClaims> | undefined {
  try {
    const payload = offer.split(".")[1] ?? "";
    return parsedJson(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as Partial<OfferClaims>;
  } catch {
    return undefined;
  }
}
