import { toBase64Url } from "@qonto-pay/web/base64";

/** Returns 256 random bits as base64url, 43 characters, for use as a secret. */
export function randomSecret(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}
