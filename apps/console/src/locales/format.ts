import { formatAmount } from "@qonto-pay/core/format";
import { language } from "./index.ts";

export function amount(value: { readonly value: string; readonly currency: string }): string {
  return formatAmount(value, language());
}

/** Formats a time of ISO 8601 with its date, in the time zone of the browser. */
export function dateTime(iso: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" }).format(new Date(iso));
}

/** Formats a percentage, which is a decimal string: "21.0". */
export function percent(value: string): string {
  return new Intl.NumberFormat(language(), { style: "percent", maximumFractionDigits: 4 }).format(Number(value) / 100);
}

export function count(value: number): string {
  return new Intl.NumberFormat(language(), { maximumFractionDigits: 6 }).format(value);
}
