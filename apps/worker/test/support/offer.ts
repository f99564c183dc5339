import { SignJWT } from "jose";
import { KEY, secretKeyOf } from "./shop.ts";

/** The default offer of the tests. */
export const OFFERED = {
  items: [
    {
      title: "Commissioned bowl",
      quantity: 1,
      price: { value: "149.99", currency: "EUR" },
      tax_behavior: "inclusive",
      vat_rate: "20",
    },
  ],
  reference: "COMMISSION-7",
};

export interface Signing {
  readonly claims?: Record<string, unknown>;
  readonly key?: Uint8Array;
  readonly secretKey?: string;
  readonly expiresIn?: number | null;
}

/** Returns the HMAC-SHA256 of a text. */
export async function hmac(key: string, message: string): Promise<Uint8Array> {
  const encoder = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", encoder.encode(key), algorithm, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, encoder.encode(message)));
}

/** Signs an offer as documented, with `jose`. */
export async function signOffer({
  claims = {},
  secretKey = secretKeyOf("demo"),
  key,
  expiresIn = 600,
}: Signing = {}): Promise<string> {
  const derived = await hmac(secretKey, "qonto-pay offer v1");
  const now = Math.floor(Date.now() / 1000);
  const exp = expiresIn === null ? {} : { exp: now + expiresIn };
  return new SignJWT({ aud: KEY, iat: now, ...exp, checkout: OFFERED, ...claims })
    .setProtectedHeader({ alg: "HS256", typ: "JWT" })
    .sign(key ?? derived);
}
