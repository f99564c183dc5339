import type { MerchantContext } from "../context/merchant-context.ts";
import { type Checkout, type CheckoutWithLink, ownReferencesOf } from "../storage/checkouts.ts";
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
  if (settled?.status === "paid") scheduleDeactivation(merchant, newest);
  const kept = settled?.status === "processing" ? settled : newest;
  for (const other of open) {
    if (other.id !== kept.id) supersedeBy(merchant, other, kept.id);
  }
}

/** Stores that another checkout took the place of this one, whose link is to be deactivated. As `scheduleDeactivation`. */
export function supersedeBy(merchant: MerchantContext, checkout: CheckoutWithLink, by: string): void {
  merchant.checkouts.supersede(checkout.id, by);
  scheduleDeactivation(merchant, checkout);
}

/**
 * Has the order's other open links deactivated, over any amount, once a checkout is paid or its payment is under way:
 * an order is paid once. That holds for a checkout that another one had replaced as well. Call it like `scheduleDeactivation`.
 */
export function withdrawOthers(merchant: MerchantContext, checkout: Checkout): void {
  const { id, status } = checkout;
  if (status !== "paid" && status !== "processing") return;
  for (const other of ownReferencesOf(checkout).flatMap((own) => merchant.checkouts.payableForReference(own))) {
    if (other.id === id) continue;
    if (status === "paid") scheduleDeactivation(merchant, other);
    else supersedeBy(merchant, other, id);
  }
}
