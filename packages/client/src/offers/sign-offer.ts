import { LONGEST_OFFER_CHARACTERS, LONGEST_OFFER_SECONDS, type OfferClaims } from "@qonto-pay/core/api";
import { requireSecretKey } from "../security/require-secret-key.ts";
import type { Offer } from "./offer.ts";
import { OfferTooLargeError } from "./offer-too-large-error.ts";
import { signClaims } from "./sign-claims.ts";

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
