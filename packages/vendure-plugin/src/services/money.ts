import type { Money } from "@qonto-pay/client";

/** Converts Vendure's integer minor units to a decimal string: 1999 is 19.99 EUR. */
export function euros(cents: number): Money {
  return { value: decimal(cents), currency: "EUR" };
}

/** Formats an amount for messages: `19.99 USD`. */
export function priceOf(cents: number, currencyCode: string): string {
  return `${decimal(cents)} ${currencyCode}`;
}

function decimal(cents: number): string {
  const digits = String(cents).padStart(3, "0");
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * Converts a decimal string to Vendure's integer minor units. Returns null if it is not an amount in euros and cents.
 */
export function centsOf({ value, currency }: Money): number | null {
  const [, whole = "", cents = ""] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(value) ?? [];
  return whole === "" || currency !== "EUR" ? null : Number(whole + cents.padEnd(2, "0"));
}
