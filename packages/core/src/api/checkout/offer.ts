import type { CreateServerCheckoutRequest } from "./server-checkout.ts";

/** The text from which an offer's key is derived: HMAC-SHA256 of this text under the secret key. */
export const OFFER_KEY_PURPOSE = "qonto-pay offer v1";

/** The longest lifetime of an offer, in seconds: 30 days. */
export const LONGEST_OFFER_SECONDS = 2_592_000;

/** The longest offer, in characters. It keeps a page's request below the size limit of request bodies. */
export const LONGEST_OFFER_CHARACTERS = 12_000;

/**
 * The claims that the merchant's own server signed, as a compact JWS with HS256: a price that the page carries and
 * can't change. Times are Unix seconds.
 */
export interface OfferClaims {
  /** The merchant's publishable key. */
  readonly aud: string;
  readonly iat: number;
  readonly exp: number;
  /** Id of the offer; required if `single_use` is true. */
  readonly jti?: string | undefined;
  /** All shoppers who use the offer share the one checkout of its `jti`. */
  readonly single_use?: boolean | undefined;
  readonly checkout: OfferedCheckout;
}

/** The same as a server's own request, but each shopper who uses the offer gets a checkout of their own. */
export type OfferedCheckout = Omit<CreateServerCheckoutRequest, "reusable">;
