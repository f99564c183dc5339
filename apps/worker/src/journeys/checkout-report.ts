import type { CheckoutStatus, CheckoutStatusReport } from "@qonto-pay/core/api";
import type { Checkout } from "../storage/checkouts.ts";

/** What the holder of a status token may know. @param now milliseconds of the epoch. */
export function reportOf(checkout: Checkout, now: number): CheckoutStatusReport {
  return {
    id: checkout.id,
    status: statusAt(checkout, now),
    amount: checkout.amount,
    ...(checkout.reference === null ? {} : { reference: checkout.reference }),
  };
}

/** An open checkout whose link has run out can't be paid any more, whether or not Qonto has said so yet. */
export function statusAt(checkout: Checkout, now: number): CheckoutStatus {
  const hasRunOut = checkout.link !== null && Date.parse(checkout.link.expiresAt) <= now;
  return checkout.status === "open" && hasRunOut ? "expired" : checkout.status;
}

/** Whether nothing can change any more, as far as a watcher is concerned. */
export function isFinal(status: CheckoutStatus): boolean {
  return status === "paid" || status === "expired" || status === "canceled";
}
