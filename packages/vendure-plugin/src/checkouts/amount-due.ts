import type { Order, Payment } from "@vendure/core";

/** What is still to be paid of an order, in cents, VAT included. */
export function amountDue({ totalWithTax }: Order, payments: readonly Payment[]): number {
  const covered = payments
    .filter(({ state }) => state === "Settled" || state === "Authorized")
    .reduce((sum, { amount }) => sum + amount, 0);
  return totalWithTax - covered;
}
