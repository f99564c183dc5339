import { LONGEST_OFFER_SECONDS, OFFER_KEY_PURPOSE, type OfferClaims } from "@qonto-pay/core/api";
import { offerClaimsSchema } from "@qonto-pay/core/api.schema";
import { hmacSha256 } from "@qonto-pay/web/hmac";
import { compactVerify, errors } from "jose";
import type { z } from "zod";

/** Returns the key that signs offers: HMAC-SHA256 of a fixed text under the secret key. 32 bytes. */
export function offerKeyOf(secretKey: string): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  return hmacSha256(encoder.encode(secretKey), encoder.encode(OFFER_KEY_PURPOSE));
}

/** Tolerance for a shop's clock that runs ahead. */
const CLOCKS_APART_SECONDS = 60;

/** Why an offer is rejected. Only a validly signed offer has details, because the merchant's own server wrote it. */
export type OfferProblem =
  /** Not signed with one of the merchant's keys, or not signed at all. */
  | { readonly kind: "not_signed" }
  | { readonly kind: "expired" }
  | { readonly kind: "wrong_claims"; readonly issues: readonly z.core.$ZodIssue[] };

/**
 * Verifies and reads an offer: a compact JWS with HS256.
 *
 * @param keys one of them must have signed the offer.
 * @param publishableKey the merchant that the offer must be for.
 * @param now milliseconds since the epoch.
 */
export async function readOffer(
  token: string,
  keys: readonly Uint8Array[],
  publishableKey: string,
  now: number,
): Promise<{ readonly claims: OfferClaims } | { readonly problem: OfferProblem }> {
  for (const key of keys) {
    const payload = await payloadSignedBy(key, token);
    if (payload !== null) return claimsOf(payload, publishableKey, now);
  }
  return { problem: { kind: "not_signed" } };
}

async function payloadSignedBy(key: Uint8Array, token: string): Promise<Uint8Array | null> {
  try {
    return (await compactVerify(token, key, { algorithms: ["HS256"] })).payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

function claimsOf(
  payload: Uint8Array,
  publishableKey: string,
  now: number,
): { readonly claims: OfferClaims } | { readonly problem: OfferProblem } {
  const latest = now / 1000 + LONGEST_OFFER_SECONDS + CLOCKS_APART_SECONDS;
  const schema = offerClaimsSchema
    .refine(({ aud }) => aud === publishableKey, {
      path: ["aud"],
      message: `must be ${publishableKey}, the publishable key of this merchant here`,
    })
    .refine(({ exp }) => exp <= latest, {
      path: ["exp"],
      message: "must be at most 30 days from now, in unix seconds",
    });
  const { success, data, error } = schema.safeParse(parseJson(payload));
  if (!success) return { problem: { kind: "wrong_claims", issues: error.issues } };
  return data.exp <= now / 1000 ? { problem: { kind: "expired" } } : { claims: data };
}

/** Returns undefined for a payload that is not JSON. */
function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(payload));
  } catch {
    return undefined;
  }
}
