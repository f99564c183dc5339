import { isSameAmount } from "@qonto-pay/core/money";
import type { MerchantContext } from "../context/merchant-context.ts";
import { type Checkout, type CheckoutWithLink, ownReferencesOf } from "../storage/checkouts.ts";

/**
 * Stores that the link of a checkout is to be deactivated, since no one may pay it any more. Call it synchronously with the
 * write that it follows from. May be repeated.
 *
 * @param dueAt when, in milliseconds of the epoch; now if not given.
 */
export function scheduleDeactivation(
  { linkReservations }: MerchantContext,
  { id, link }: CheckoutWithLink,
  dueAt = Date.now(),
): void {
  if (!linkReservations.has(link.id)) linkReservations.add({ checkoutId: id, linkId: link.id, dueAt }, Date.now());
}

/**
 * Deactivates the links of the other open checkouts with a reference and the amount of a paid one, since an order is paid
 * once. Another amount means that the order was changed: the shop decides about the two. Call it like `scheduleDeactivation`.
 */
export function deactivateOthers(merchant: MerchantContext, paid: Checkout): void {
  for (const other of ownReferencesOf(paid).flatMap((reference) => merchant.checkouts.openForReference(reference))) {
    // One without a link is being created: `supersedeCheckouts` deactivates its link.
    if (other.id === paid.id || other.link === null || !isSameAmount(other.amount, paid.amount)) continue;
    scheduleDeactivation(merchant, other);
  }
}

/** The same for a link that can be paid although it was withdrawn: its deactivation was refused, or waits for another try. */
export function deactivateNow(merchant: MerchantContext, checkout: CheckoutWithLink): void {
  const now = Date.now();
  scheduleDeactivation(merchant, checkout, now);
  merchant.linkReservations.hasten(checkout.link.id, now);
}
