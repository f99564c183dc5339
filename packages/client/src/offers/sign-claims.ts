import { OFFER_KEY_PURPOSE, type OfferClaims } from "@qonto-pay/core/api";
import { toBase64Url } from "../security/base64.ts";
import { hmacSha256 } from "../security/hmac.ts";

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
