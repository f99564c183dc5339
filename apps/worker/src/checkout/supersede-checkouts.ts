import { isSameAmount } from "@qonto-pay/core/money";
import type { MerchantContext } from "../context/merchant-context.ts";
import type { CheckoutWithLink } from "../storage/checkouts.ts";
import { scheduleDeactivation } from "../payment-link/schedule-deactivation.ts";

/**
 * Leaves one checkout for each reference of the merchant's server: the one whose payment is under way, otherwise the newest
 * open one. The links of the others are deactivated. A shopper may still pay one of them: that is recorded, and an event of
 * its own reports it. May be repeated.
 */
export function supersedeCheckouts(merchant: MerchantContext, reference: string): void {
  const open = merchant.checkouts.openForReference(reference).filter((checkout) => checkout.link !== null);
  const newest = open.at(-1);
  if (newest === undefined) return;
  const settled = merchant.checkouts.settledForReference(reference);
  // Paid, or its payment began, while the newest link was being created.
  if (settled?.status === "paid" && isSameAmount(newest.amount, settled.amount)) scheduleDeactivation(merchant, newest);
  const isUnderWay = settled?.status === "processing" && settled.supersededBy === null;
  const kept = isUnderWay ? settled : newest;
  for (const other of open) {
    if (other.id !== kept.id) supersedeBy(merchant, other, kept.id);
  }
}

/** Stores that another checkout took the place of this one, whose link is to be deactivated. As `scheduleDeactivation`. */
export function supersedeBy(merchant: MerchantContext, checkout: CheckoutWithLink, by: string): void {
  merchant.checkouts.supersede(checkout.id, by);
  scheduleDeactivation(merchant, checkout);
}
