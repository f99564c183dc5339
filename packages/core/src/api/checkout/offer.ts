import type { CreateServerCheckoutRequest } from "./server-checkout.ts";

/** What an offer's key is derived from a secret key with: HMAC-SHA256 of this text under the secret key. */
export const OFFER_KEY_PURPOSE = "qonto-pay offer v1";

/** The longest that an offer may be good for, in seconds: 30 days. */
export const LONGEST_OFFER_SECONDS = 2_592_000;

/** How long an offer may be as a text, in characters: with it a page's request stays below what is read of one. */
export const LONGEST_OFFER_CHARACTERS = 12_000;

/**
 * What the merchant's own server signed, as claims of a compact JWS with HS256: a price that the page carries and nobody
 * can change. Times are unix seconds.
 */
export interface OfferClaims {
  /** The merchant's publishable key. */
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
  /** Names the offer; needed where it is good once. */
  readonly jti?: string | undefined;
  /** Everybody who takes it gets the one checkout of its `jti`. */
  readonly single_use?: boolean | undefined;
  readonly checkout: OfferedCheckout;
}

/** As a server's own request, but each who takes the offer gets a checkout of their own. */
export type OfferedCheckout = Omit<CreateServerCheckoutRequest, "reusable">;
