/** What the header `Authorization` carries: a key, or why it is none. */
export type BearerKey = { readonly key: string } | { readonly problem: "missing" | "white_space" };

/**
 * Reads `Authorization: Bearer {key}`. The word may be written in any case and be followed by any number of spaces and tabs
 * (RFC 9110, 11.4); HTTP itself leaves out what stands around the whole value.
 *
 * @param mayHaveSpaces whether spaces may stand within the key, as in an operator's `ADMIN_KEY`.
 */
export function bearerKeyOf(request: Request, { mayHaveSpaces = false } = {}): BearerKey {
  const key = /^bearer[ \t]+(.+)$/is.exec(request.headers.get("Authorization") ?? "")?.[1];
  if (key === undefined) return { problem: "missing" };
  // A no-break space or a zero-width one that was copied with the key arrives as bytes beyond ASCII.
  return !mayHaveSpaces && /[^!-~]/.test(key) ? { problem: "white_space" } : { key };
}
