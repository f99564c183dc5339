/** Writes standard base64 with padding (RFC 4648, 4). */
export function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** Writes base64url without padding (RFC 4648, 5), for addresses and tokens. */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** Reads standard base64 with padding. @returns null for any other text. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> | null {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text) ? bytesOf(text) : null;
}

/** Reads base64url without padding. @returns null for any other text. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  const isBase64Url = /^(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2,3})?$/.test(text);
  return isBase64Url ? bytesOf(text.replaceAll("-", "+").replaceAll("_", "/")) : null;
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}
