import type { Money } from "./button-contract.ts";

/** An amount in the page's language, from the decimal string itself: "13.30" EUR is "€13.30" in English. */
export function formatMoney(money: Money): string {
  const format = new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency: money.currency });
  return isDecimal(money.value) ? format.format(money.value) : `${money.value} ${money.currency}`;
}

function isDecimal(value: string): value is `${number}` {
  return /^\d+(\.\d+)?$/.test(value);
}
