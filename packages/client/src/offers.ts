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

/** What an offer offers: the body of `POST /v1/checkouts`, but each who takes it gets a checkout of their own. */
export type OfferedCheckout = CreateCheckout & { readonly reusable?: undefined };

/** A basket or an invoice whose price the merchant's server sets, to be carried by a page. */
export interface Offer {
  readonly checkout: OfferedCheckout;
  /** Seconds from now for which it can be taken, 30 days at most. */
  readonly expiresIn: number;
  /** Whether everybody who takes it gets one and the same checkout. False where not given. */
  readonly singleUse?: boolean | undefined;
  /**
   * What single use is counted by, 16 to 64 of `A-Za-z0-9_-`: offers of the same id lead to the one checkout, so that a
   * page may be made anew. A random one where not given.
   */
  readonly id?: string | undefined;
}

/**
 * Signs an offer, which the page sends as `offer` in place of a product. Whoever has the page can read it and can't
 * change it; the Worker checks signature, expiry and merchant, and the rest as if the server had sent it.
 *
 * @returns a compact JWS (HS256).
 * @throws TypeError for what the Worker would refuse at the click: a bad key, `expiresIn` or `id`, a reusable checkout.
 * @throws OfferTooLargeError, a TypeError as well, for one of more than 12,000 characters.
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
    throw new TypeError("`checkout` must not be `reusable`: without `singleUse`, anybody may take an offer.");
  }
}

const HEADER = '{"alg":"HS256","typ":"JWT"}';

/** A compact JWS of these claims, as they are. @param secretKey whose key for offers signs them. */
export async function signClaims(secretKey: string, claims: OfferClaims): Promise<string> {
  const key = await hmacSha256(bytesOf(secretKey), bytesOf(OFFER_KEY_PURPOSE));
  const signed = [HEADER, JSON.stringify(claims)].map((part) => toBase64Url(bytesOf(part))).join(".");
  return `${signed}.${toBase64Url(await hmacSha256(key, bytesOf(signed)))}`;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

/** An offer holds more than the Worker takes of a page: it is not signed. */
export class OfferTooLargeError extends TypeError {
  override readonly name = "OfferTooLargeError";
  /** Characters of the offer as it would have been signed. */
  readonly length: number;
  /** Characters that the Worker takes. */
  readonly limit: number = LONGEST_OFFER_CHARACTERS;

  constructor(length: number) {
    super(
      `The offer would be ${length} characters long, and the Worker takes ${LONGEST_OFFER_CHARACTERS}. Give it fewer or shorter lines (one for each VAT rate is enough) and less metadata, or open the checkout from your server (checkouts.create), which takes 100 lines.`,
    );
    this.length = length;
  }
}
