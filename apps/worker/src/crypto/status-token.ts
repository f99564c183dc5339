import { fromBase64Url, toBase64Url } from "@qonto-pay/web/base64";
import { deriveKey } from "./derive-key.ts";

/**
 * Signs and verifies status tokens, `{merchant}.{mac}`. The holder of a token may read the status of one checkout.
 *
 * Tokens are computed, not stored, so the same attempt always gets the same token. A token names its merchant, so it is
 * verified before any merchant's storage is opened.
 */
export class StatusTokens {
  readonly #keys: readonly [Promise<CryptoKey>, ...Promise<CryptoKey>[]];

  /** @param vaultKeys the first one signs; tokens of all of them are valid. */
  constructor([current, ...before]: readonly [Uint8Array, ...Uint8Array[]]) {
    this.#keys = [keyOf(current), ...before.map(keyOf)];
  }

  async sign(merchant: string, checkoutId: string): Promise<string> {
    const mac = await crypto.subtle.sign("HMAC", await this.#keys[0], messageOf(merchant, checkoutId));
    return `${merchant}.${toBase64Url(new Uint8Array(mac))}`;
  }

  /** Returns the merchant of a token; null for a token that is not valid for this checkout. */
  async verify(token: string, checkoutId: string): Promise<string | null> {
    const match = /^([a-z0-9-]{1,39})\.([A-Za-z0-9_-]{43})$/.exec(token);
    if (match === null) return null;
    const [, merchant = "", mac = ""] = match;
    const [bytes, message] = [fromBase64Url(mac), messageOf(merchant, checkoutId)];
    if (bytes === null) return null;
    const checks = this.#keys.map(async (key) => crypto.subtle.verify("HMAC", await key, bytes, message));
    return (await Promise.all(checks)).includes(true) ? merchant : null;
  }
}

function keyOf(vaultKey: Uint8Array): Promise<CryptoKey> {
  return deriveKey(vaultKey, "status token", { name: "HMAC", hash: "SHA-256" }, ["sign", "verify"]);
}

function messageOf(merchant: string, checkoutId: string): Uint8Array {
  return new TextEncoder().encode(`${merchant}/${checkoutId}`);
}
