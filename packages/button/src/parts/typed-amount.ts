/**
 * Returns a typed amount as a decimal string: "7,5" is "7.50", "1.000,50" is "1000.50".
 *
 * Point and comma both separate decimals. A single group of three digits ("1.000") is a thousand only where the locale
 * writes it that way. Elsewhere it could be a typing error, so it is not an amount. Undefined if the text is no amount.
 *
 * @param typed the text without white space and signs of the euro.
 */
export function parseAmount(typed: string, locale: string): string | undefined {
  const simple = /^(\d*)[.,]?(\d{0,2})$/.exec(typed);
  const grouped = /^(\d{1,3}(?:([.,])\d{3})(\2\d{3})*)(?:(?!\2)[.,](\d{0,2}))?$/.exec(typed);
  if (simple === null && grouped === null) return undefined;
  if (grouped !== null && grouped[3] === undefined && grouped[4] === undefined && grouped[2] !== groupSign(locale)) {
    return undefined;
  }
  const [whole = "", decimals = ""] = simple?.slice(1) ?? [grouped?.[1], grouped?.[4]];
  if (whole + decimals === "") return undefined;
  const euros = whole.replace(/[.,]/g, "").replace(/^0+(?=\d)/, "") || "0";
  return /[1-9]/.test(decimals) ? `${euros}.${decimals.padEnd(2, "0")}` : euros;
}

function groupSign(locale: string): string | undefined {
  return format(locale, {}, (formatter) => formatter.formatToParts(10_000).find(({ type }) => type === "group")?.value);
}

/** Formats an amount in euros: "€5" and "€7.50" in "en". Whole euros have no decimals. */
export function shortAmount(value: string, locale: string): string {
  const minimumFractionDigits = /\.\d*[1-9]/.test(value) ? 2 : 0;
  return format(locale, { style: "currency", currency: "EUR", minimumFractionDigits }, (formatter) =>
    formatter.format(value as `${number}`),
  );
}

/** Writes an amount as a shopper of this locale types it: "7,50" in "de". */
export function typedAmount(value: string, locale: string): string {
  return format(locale, { minimumFractionDigits: /\.\d*[1-9]/.test(value) ? 2 : 0, useGrouping: false }, (formatter) =>
    formatter.format(value as `${number}`),
  );
}

/** Uses the formatter with which `formatAmount` of core, which is in another chunk, writes the price on the button. */
function format<T>(locale: string, options: Intl.NumberFormatOptions, use: (formatter: Intl.NumberFormat) => T): T {
  try {
    return use(new Intl.NumberFormat([locale === "pt" ? "pt-PT" : locale, "en"], options));
  } catch {
    return use(new Intl.NumberFormat("en", options));
  }
}
