import type { MerchantContext } from "../context/merchant-context.ts";
import { type Checkout, type CheckoutWithLink, ownReferencesOf } from "../storage/checkouts.ts";
import { scheduleDeactivation } from "../payment-link/schedule-deactivation.ts";

/**
 * Leaves one checkout for each reference of the merchant's server: the one whose payment is under way, otherwise the
 * newest open one. Deactivates the links of the others. If a shopper still pays one of them, a separate event reports
 * it. Idempotent.
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

/**
 * Stores that another checkout superseded this one, and schedules the deactivation of its link. See
 * `scheduleDeactivation`.
 */
export function supersedeBy(merchant: MerchantContext, checkout: CheckoutWithLink, by: string): void {
  merchant.checkouts.supersede(checkout.id, by);
  scheduleDeactivation(merchant, checkout);
}

/**
 * Schedules the deactivation of the order's other open links, regardless of their amount, once a checkout is paid or
 * its payment is under way, because an order is paid once. This includes a payment of a superseded checkout. Call it
 * like `scheduleDeactivation`.
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
