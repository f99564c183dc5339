import { toBase64Url } from "@qonto-pay/web/base64";

/** 256 random bits as base64url, 43 characters: for what only its holder may know. */
export function randomSecret(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
}
