import { fromBase64Url, toBase64Url } from "./base64url.ts";
import { deriveKey } from "./derive-key.ts";

/**
 * Signs and checks status tokens, `{merchant}.{mac}`: whoever holds one may read the status of one checkout.
 *
 * The token is computed, not stored, so the same attempt gets the same one again; and it names the merchant, so that
 * it is checked before any merchant's storage is opened.
 */
export class StatusTokens {
  readonly #key: Promise<CryptoKey>;

  constructor(vaultKey: Uint8Array) {
    this.#key = deriveKey(vaultKey, "status token", { name: "HMAC", hash: "SHA-256" }, ["sign", "verify"]);
  }

  async sign(merchant: string, checkoutId: string): Promise<string> {
    const mac = await crypto.subtle.sign("HMAC", await this.#key, messageOf(merchant, checkoutId));
    return `${merchant}.${toBase64Url(new Uint8Array(mac))}`;
  }

  /** The merchant that the token was made for; null when it was not made here for this checkout. */
  async verify(token: string, checkoutId: string): Promise<string | null> {
    const match = /^([a-z0-9-]{1,39})\.([A-Za-z0-9_-]{43})$/.exec(token);
    if (match === null) return null;
    const [, merchant = "", mac = ""] = match;
    const isOurs = await crypto.subtle.verify(
      "HMAC",
      await this.#key,
      fromBase64Url(mac),
      messageOf(merchant, checkoutId),
    );
    return isOurs ? merchant : null;
  }
}

function messageOf(merchant: string, checkoutId: string): Uint8Array {
  return new TextEncoder().encode(`${merchant}/${checkoutId}`);
}
