/** Returns the SHA-256 of a text. */
export function digestBytes(text: string): Promise<ArrayBuffer> {
  return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
}

/** Returns the SHA-256 of a text, in hex. */
export async function digestOf(text: string): Promise<string> {
  return Array.from(new Uint8Array(await digestBytes(text)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
