import type { RequestedItem } from "@qonto-pay/core/api";

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

/** Whether it says who is paid, and for what. */
export function isComplete({ key, product, items, offer }: Intent): boolean {
  return key !== "" && (product ?? items ?? offer) !== undefined;
}

/** Two intents are the same purchase exactly when their names are equal. */
export function nameOfIntent({ endpoint, key, product, quantity, amount, items, offer, reference }: Intent): string {
  return JSON.stringify([endpoint, key, product, quantity, amount, reference, items, offer && contentOf(offer)]);
}

/** What an offer says but for when it was signed: a page that is made anew carries another token for the same. */
function contentOf(offer: string): unknown {
  try {
    const payload = offer.split(".")[1] ?? "";
    return { ...JSON.parse(atob(payload.replace(/-/g, "+").replace(/_/g, "/"))), iat: 0, exp: 0 };
  } catch {
    return offer;
  }
}
