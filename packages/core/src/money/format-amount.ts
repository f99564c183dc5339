import type { Money } from "./money.ts";

/**
 * The amount as people of a locale write it: "13,30 €" in "fr", "€13.30" in "en". No digit of it is ever rounded away,
 * and at least the usual decimals of the currency are shown. English for a locale that is unknown or malformed.
 *
 * @throws {RangeError} when `currency` is not three letters
 */
export function formatAmount(amount: Money, locale: string): string {
  const options = { style: "currency", currency: amount.currency } as const;
  const usual = formatterOf(locale, options);
  const decimals = amount.value.split(".")[1] ?? "";
  const wouldBeLost = decimals.slice(usual.resolvedOptions().maximumFractionDigits);
  const formatter = /[1-9]/.test(wouldBeLost)
    ? formatterOf(locale, { ...options, minimumFractionDigits: decimals.length })
    : usual;
  // A string keeps every digit: ECMA-402 formats it as a decimal and not by way of a number.
  return formatter.format(amount.value as `${number}`);
}

function formatterOf(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  try {
    // The list makes English, and not the language of the machine, stand in for an unknown locale.
    return new Intl.NumberFormat([locale, "en"], options);
  } catch {
    return new Intl.NumberFormat("en", options);
  }
}
