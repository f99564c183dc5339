/** The key in the header `Authorization`, or the reason why it has none. */
export type BearerKey = { readonly key: string } | { readonly problem: "missing" | "white_space" };

/**
 * Reads `Authorization: Bearer {key}`. The scheme can be in any case, with any number of spaces and tabs after it (RFC
 * 9110, 11.4). HTTP itself removes white space around the whole value.
 *
 * @param mayHaveSpaces whether the key can contain spaces, as an operator's `ADMIN_KEY` can.
 */
export function bearerTokenOf(request: Request, { mayHaveSpaces = false } = {}): BearerKey {
  const key = /^bearer[ \t]+(.+)$/is.exec(request.headers.get("Authorization") ?? "")?.[1];
  if (key === undefined) return { problem: "missing" };
  // A copied no-break or zero-width space arrives as bytes beyond ASCII.
  return !mayHaveSpaces && /[^!-~]/.test(key) ? { problem: "white_space" } : { key };
}
