import type { Money } from "@qonto-pay/client";

/** Vendure's integer minor units as a decimal text: 1999 is 19.99 EUR. */
export function euros(cents: number): Money {
  return { value: decimal(cents), currency: "EUR" };
}

/** For people to read: `19.99 USD`. */
export function priceOf(cents: number, currencyCode: string): string {
  return `${decimal(cents)} ${currencyCode}`;
}

function decimal(cents: number): string {
  const digits = String(cents).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** A decimal text as Vendure's integer minor units; null for what is no amount in euros with cents. */
export function centsOf({ value, currency }: Money): number | null {
  const [, whole = "", cents = ""] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(value) ?? [];
  return whole === "" || currency !== "EUR" ? null : Number(whole + cents.padEnd(2, "0"));
}
