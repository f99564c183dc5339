import { LONGEST_OFFER_SECONDS, OFFER_KEY_PURPOSE, type OfferClaims } from "@qonto-pay/core/api";
import { offerClaimsSchema } from "@qonto-pay/core/api.schema";
import { errors, jwtVerify } from "jose";

/** The key that offers are signed with: HMAC-SHA256 of a fixed text under the secret key. 32 bytes. */
export async function offerKeyOf(secretKey: string): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const hmac = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", encoder.encode(secretKey), hmac, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(OFFER_KEY_PURPOSE)));
}

/** A shop's clock may be a little ahead. */
const CLOCKS_APART_SECONDS = 60;

/** Why an offer is not taken. */
export type OfferProblem = "offer_invalid" | "offer_expired";

/**
 * Reads an offer: a compact JWS with HS256.
 *
 * @param keys one of them has to have signed it.
 * @param publishableKey the merchant that it has to be for.
 * @param now milliseconds of the epoch.
 */
export async function readOffer(
  token: string,
  keys: readonly Uint8Array[],
  publishableKey: string,
  now: number,
): Promise<OfferClaims | OfferProblem> {
  for (const key of keys) {
    const read = await readWith(key, token, publishableKey, now);
    if (read !== "signed_by_another") return read;
  }
  return "offer_invalid";
}

async function readWith(
  key: Uint8Array,
  token: string,
  audience: string,
  now: number,
): Promise<OfferClaims | OfferProblem | "signed_by_another"> {
  const options = { algorithms: ["HS256"], audience, currentDate: new Date(now), requiredClaims: ["exp", "iat"] };
  try {
    const { payload } = await jwtVerify(token, key, options);
    const claims = offerClaimsSchema.safeParse(payload);
    if (!claims.success || claims.data.exp > now / 1000 + LONGEST_OFFER_SECONDS + CLOCKS_APART_SECONDS) {
      return "offer_invalid";
    }
    return claims.data;
  } catch (error) {
    if (error instanceof errors.JWSSignatureVerificationFailed) return "signed_by_another";
    return error instanceof errors.JWTExpired ? "offer_expired" : "offer_invalid";
  }
}
