import { type ParsedKey, parsePublishableKey, parseSecretKey } from "@qonto-pay/core/api";

/** What a secret key says of itself. @throws TypeError for anything else than one; its message never holds the text. */
export function requireSecretKey(secretKey: string): ParsedKey {
  const parsed = parseSecretKey(secretKey);
  if (parsed !== null) return parsed;
  throw new TypeError(problemOf(secretKey));
}

/** Refused rather than trimmed, so that the key is mended where it is kept: elsewhere it may sign or be sent as it is. */
function problemOf(text: string): string {
  const [, word = ""] = /^\s*(\S+)\s*$/.exec(text) ?? [];
  if (parseSecretKey(word) !== null) {
    return "`secretKey` has a space or a newline around it, as of a file that it was read from: trim it.";
  }
  return parsePublishableKey(text) === null
    ? "`secretKey` must be a secret key, sk_{sandbox|live}_{merchant}_{random}."
    : "`secretKey` is a publishable key, which belongs into the page. A server needs the secret key, sk_….";
}
