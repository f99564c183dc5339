import { toBase64Url } from "@qonto-pay/web/base64";
import { deriveKey } from "./derive-key.ts";

/** Returns 256 bits as base64url that only a holder of `VAULT_KEY` can compute. The same text gives the same bits. */
export async function deriveSecret(vaultKey: Uint8Array, purpose: string, text: string): Promise<string> {
  const key = await deriveKey(vaultKey, purpose, { name: "HMAC", hash: "SHA-256" }, ["sign"]);
  return toBase64Url(new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text))));
}
