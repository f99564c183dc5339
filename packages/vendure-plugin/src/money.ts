import type { Money } from "@qonto-pay/client";

/** Vendure's integer minor units as a decimal text: 1999 is 19.99 EUR. */
export function euros(cents: number): Money {
  const digits = String(cents).padStart(3, "0");
  return { value: `${digits.slice(0, -2)}.${digits.slice(-2)}`, currency: "EUR" };
}

/** A decimal text as Vendure's integer minor units; null for what is no amount in euros with cents. */
export function centsOf({ value, currency }: Money): number | null {
  const [, whole = "", cents = ""] = /^(\d{1,12})(?:\.(\d{1,2}))?$/.exec(value) ?? [];
  return whole === "" || currency !== "EUR" ? null : Number(whole + cents.padEnd(2, "0"));
}
