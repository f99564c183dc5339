import type { Money } from "./button-contract.ts";

/** Formats an amount in the page's language, without a float: "13.30" EUR is "€13.30" in English. */
export function formatMoney(money: Money): string {
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: money.currency });
  return isDecimal(money.value) ? format.format(money.value) : `${money.value} ${money.currency}`;
}

function isDecimal(value: string): value is `${number}` {
  return /^\d+(\.\d+)?$/.test(value);
}
