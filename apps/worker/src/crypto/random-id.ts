/** Crockford's base 32 has no letters that look alike. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Returns `{prefix}_` and 100 random bits. */
export function randomId(prefix: "aud" | "co" | "evt" | "key" | "lnk" | "req" | "ses" | "we"): string {
  let id = `${prefix}_`;
  for (const byte of crypto.getRandomValues(new Uint8Array(20))) id += ALPHABET.charAt(byte % ALPHABET.length);
  return id;
}
