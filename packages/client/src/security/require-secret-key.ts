import { type ParsedKey, parsePublishableKey, parseSecretKey } from "@qonto-pay/core/api";

/** What a secret key says of itself. @throws TypeError for anything else than one; its message never holds the text. */
export function requireSecretKey(secretKey: string): ParsedKey {
  const parsed = parseSecretKey(secretKey);
  if (parsed !== null) return parsed;
  throw new TypeError(
    parsePublishableKey(secretKey) === null
      ? "`secretKey` must be a secret key, sk_{sandbox|live}_{merchant}_{random}."
      : "`secretKey` is a publishable key, which belongs into the page. A server needs the secret key, sk_….",
  );
}
