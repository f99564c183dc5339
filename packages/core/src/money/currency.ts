/**
 * Currencies of ISO 4217 whose smallest unit is not a hundredth.
 *
 * A table replaces `Intl.NumberFormat(…).resolvedOptions().maximumFractionDigits`: ECMA-402 leaves that number to the
 * engine, and engines take it from CLDR, which describes how people write amounts, not the currency. V8 of 2026 answers
 * 0 for IQD (ISO 4217: 3) and 0 for HUF and COP (ISO 4217: 2), so valid amounts would be rejected, depending on the
 * engine's version.
 */
const UNUSUAL_EXPONENTS: Readonly<Record<string, number>> = {
  BHD: 3,
  BIF: 0,
  CLF: 4,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  PYG: 0,
  RWF: 0,
  TND: 3,
  UGX: 0,
  UYI: 0,
  UYW: 4,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
};

/** Qonto accepts "2 decimal places at most" in a unit price, in any currency (`CreateBasketPaymentLink`). */
const QONTO_PRICE_DECIMALS = 2;

/** Returns whether the text has the form of an ISO 4217 code: three capital letters. */
export function isCurrencyCode(text: string): boolean {
  return typeof text === "string" && /^[A-Z]{3}$/.test(text);
}

/** Returns the decimals of the currency's minor unit by ISO 4217: 2 for EUR, 0 for JPY, 3 for BHD. */
export function currencyExponent(currency: string): number {
  return UNUSUAL_EXPONENTS[currency] ?? 2;
}

/** Returns the most decimals of a unit price at Qonto: those of the currency, and two at most. */
export function unitPriceDecimals(currency: string): number {
  return Math.min(currencyExponent(currency), QONTO_PRICE_DECIMALS);
}
