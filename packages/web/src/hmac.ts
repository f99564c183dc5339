/** Imports a key that signs and verifies by HMAC-SHA256. */
export function importHmacKey(key: BufferSource): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign", "verify"]);
}

/** Computes an HMAC-SHA256 (RFC 2104). @returns 32 bytes. */
export async function hmacSha256(key: BufferSource, message: BufferSource): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", await importHmacKey(key), message));
}
