import type { Money } from "./money.ts";

/**
 * Formats an amount for a locale: "13,30 €" in "fr", "€13.30" in "en". No digit is ever rounded away, and the result
 * has at least the usual decimals of the currency. Formats in English if the locale is unknown or malformed, and in
 * European Portuguese if it is `pt`, which Intl formats as in Brazil.
 *
 * @throws {RangeError} if `currency` is not three letters
 */
export function formatAmount(amount: Money, locale: string): string {
  const options = { style: "currency", currency: amount.currency } as const;
  const usual = formatterOf(locale, options);
  const decimals = amount.value.split(".")[1] ?? "";
  const wouldBeLost = decimals.slice(usual.resolvedOptions().maximumFractionDigits);
  const formatter = /[1-9]/.test(wouldBeLost)
    ? formatterOf(locale, { ...options, minimumFractionDigits: decimals.length })
    : usual;
  // A string keeps every digit: ECMA-402 formats it as a decimal, without converting it to a number.
  return formatter.format(amount.value as `${number}`);
}

function formatterOf(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  try {
    // Without `en` in the list, the machine's language would replace an unknown locale.
    return new Intl.NumberFormat([locale === "pt" ? "pt-PT" : locale, "en"], options);
  } catch {
    return new Intl.NumberFormat("en", options);
  }
}
