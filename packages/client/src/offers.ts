import {
  LONGEST_OFFER_CHARACTERS,
  LONGEST_OFFER_SECONDS,
  OFFER_KEY_PURPOSE,
  type OfferClaims,
} from "@qonto-pay/core/api";
import { requireSecretKey } from "./client-options.ts";
import { toBase64Url } from "@qonto-pay/web/base64";
import { hmacSha256 } from "@qonto-pay/web/hmac";
import type { CreateCheckout } from "./resources/checkouts.ts";

/** The checkout of an offer: the body of `POST /v1/checkouts`, except that it can't be `reusable`. */
export type OfferedCheckout = CreateCheckout & { readonly reusable?: undefined };

/** A basket or an invoice that the merchant's server prices and signs, and a page carries. */
export interface Offer {
  readonly checkout: OfferedCheckout;
  /** Seconds until the offer expires, 30 days at most. */
  readonly expiresIn: number;
  /** Whether all shoppers get the same checkout; false by default. */
  readonly singleUse?: boolean | undefined;
  /**
   * Identifies a `singleUse` offer, 16 to 64 characters of `A-Za-z0-9_-`. Offers with the same id lead to the same
   * checkout, so a page can be rendered again. A random one by default.
   */
  readonly id?: string | undefined;
}

/**
 * Signs an offer, which the page sends as `offer` instead of a product. Everyone with the page can read it; no one can
 * change it. The Worker checks the signature, the expiry and the merchant, and the content like a request of the
 * server.
 *
 * @returns a compact JWS (HS256).
 * @throws TypeError for an invalid key, `expiresIn` or `id`, or a reusable checkout: the Worker would reject these when
 *   the shopper clicks.
 * @throws OfferTooLargeError, a subclass of TypeError, for more than 12,000 characters.
 */
export async function signOffer(secretKey: string, offer: Offer): Promise<string> {
  const { environment, merchant } = requireSecretKey(secretKey);
  const { checkout, expiresIn, singleUse = false, id = crypto.randomUUID() } = offer;
  requireSignable(offer, id);
  const iat = Math.floor(Date.now() / 1000);
  const claims: OfferClaims = {
    aud: `pk_${environment}_${merchant}`,
    iat,
    exp: iat + expiresIn,
    jti: id,
    ...(singleUse && { single_use: true }),
    checkout,
  };
  const token = await signClaims(secretKey, claims);
  if (token.length > LONGEST_OFFER_CHARACTERS) throw new OfferTooLargeError(token.length);
  return token;
}

function requireSignable({ checkout, expiresIn }: Offer, id: string): void {
  if (!Number.isInteger(expiresIn) || expiresIn < 1 || expiresIn > LONGEST_OFFER_SECONDS) {
    throw new TypeError("`expiresIn` must be a whole number of seconds, 30 days at most.");
  }
  if (!/^[A-Za-z0-9_-]{16,64}$/.test(id)) throw new TypeError("`id` must be 16 to 64 letters, digits, _ or -.");
  if ("reusable" in checkout && checkout.reusable !== undefined) {
    throw new TypeError(
      "`checkout` must not be `reusable`. An offer without `singleUse` can be used by every shopper.",
    );
  }
}

const HEADER = '{"alg":"HS256","typ":"JWT"}';

/** Signs claims as a compact JWS. @param secretKey from which the signing key is derived. */
export async function signClaims(secretKey: string, claims: OfferClaims): Promise<string> {
  const key = await hmacSha256(bytesOf(secretKey), bytesOf(OFFER_KEY_PURPOSE));
  const signed = [HEADER, JSON.stringify(claims)].map((part) => toBase64Url(bytesOf(part))).join(".");
  return `${signed}.${toBase64Url(await hmacSha256(key, bytesOf(signed)))}`;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** An offer is larger than the Worker accepts from a page, so `signOffer` did not sign it. */
export class OfferTooLargeError extends TypeError {
  override readonly name = "OfferTooLargeError";
  /** Length that the signed offer would have, in characters. */
  readonly length: number;
  /** Maximum length, in characters. */
  readonly limit: number = LONGEST_OFFER_CHARACTERS;

  constructor(length: number) {
    super(
      `The offer would be ${length} characters long; the Worker accepts at most ${LONGEST_OFFER_CHARACTERS}. Use fewer or shorter lines (one for each VAT rate is enough) and less metadata, or open the checkout from your server (checkouts.create), which takes 100 lines.`,
    );
    this.length = length;
  }
}
