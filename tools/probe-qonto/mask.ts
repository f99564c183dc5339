const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "[e-mail]"],
  [/\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b/g, "[IBAN]"],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, "[id]"],
  [/\+\d[\d ().-]{6,}\d/g, "[phone]"],
  // Tokens, secrets and signatures: long, without a space, and with a digit.
  [/\b(?=[\w.~-]*\d)[\w.~-]{20,}\b/g, "[token]"],
];

/**
 * Returns a text of Qonto with masked e-mail addresses, IBANs, ids, telephone numbers, tokens and `secrets`, which must
 * not be in a report. At most 200 characters.
 */
export function mask(text: string, secrets: Iterable<string> = []): string {
  let masked = text;
  for (const secret of secrets) if (secret.length >= 4) masked = masked.replaceAll(secret, "[secret]");
  for (const [pattern, label] of PATTERNS) masked = masked.replace(pattern, label);
  return masked.length > 200 ? `${masked.slice(0, 200)}…` : masked;
}
