import { SignJWT } from "jose";
import { KEY, secretKeyOf } from "./shop.ts";

/** How an offer is signed; as its documentation says where nothing is given. */
export interface Signing {
  readonly key?: Uint8Array;
  readonly secretKey?: string;
  /** Seconds; null: no end. */
  readonly expiresIn?: number | null;
}

/** An offer of the merchant `demo` with these claims, signed as the documentation says, by `jose`. */
export async function signOffer(
  claims: Record<string, unknown>,
  { secretKey = secretKeyOf("demo"), key, expiresIn = 600 }: Signing = {},
): Promise<string> {
  const derived = await hmac(secretKey, "qonto-pay offer v1");
  const now = Math.floor(Date.now() / 1000);
  const exp = expiresIn === null ? {} : { exp: now + expiresIn };
  return new SignJWT({ aud: KEY, iat: now, ...exp, ...claims })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(key ?? derived);
}

async function hmac(key: string, message: string): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", encoder.encode(key), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, encoder.encode(message)));
}
