/** Writes standard base64 with padding (RFC 4648, 4). */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
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
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
