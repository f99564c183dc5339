/** Derives a key for one purpose from `VAULT_KEY`, so that no two purposes share a key (HKDF, RFC 5869). */
export async function deriveKey(
  vaultKey: Uint8Array,
  purpose: string,
  algorithm: SubtleCryptoDeriveKeyAlgorithm | SubtleCryptoImportKeyAlgorithm,
  usages: string[],
): Promise<CryptoKey> {
  const root = await crypto.subtle.importKey("raw", vaultKey, "HKDF", false, ["deriveKey"]);
  const derivation = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: new TextEncoder().encode(purpose) };
  return crypto.subtle.deriveKey(derivation, root, algorithm, false, usages);
}
