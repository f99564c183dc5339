import { isSameAmount } from "@qonto-pay/core/money";
import type { MerchantContext } from "../context/merchant-context.ts";
import { type Checkout, type CheckoutWithLink, ownReferencesOf } from "../storage/checkouts.ts";

/**
 * Has the link of a checkout deactivated: nobody is to pay it any more. May be repeated.
 *
 * @param dueAt when, in milliseconds of the epoch; now where not given.
 */
export async function scheduleDeactivation(
  merchant: MerchantContext,
  checkout: CheckoutWithLink,
  dueAt = Date.now(),
): Promise<void> {
  if (recordDeactivation(merchant, checkout, dueAt)) await merchant.scheduleAlarm(dueAt);
}

/**
 * Stores that the link of a checkout is to be deactivated. Call synchronously with the write that it follows from; the
 * caller schedules the alarm afterwards.
 *
 * @returns false where that is stored already.
 */
export function recordDeactivation(
  { linkReservations }: MerchantContext,
  { id, link }: CheckoutWithLink,
  dueAt: number,
): boolean {
  if (linkReservations.has(link.id)) return false;
  linkReservations.add({ checkoutId: id, linkId: link.id, dueAt }, Date.now());
  return true;
}

/**
 * Deactivates the links of the other open checkouts with a reference and the amount of a paid one, since an order is paid
 * once. Another amount means that the order was changed: the shop decides about the two. Call it like `recordDeactivation`.
 */
export function deactivateOthers(merchant: MerchantContext, paid: Checkout): void {
  for (const other of ownReferencesOf(paid).flatMap((reference) => merchant.checkouts.openForReference(reference))) {
    // One without a link is being created: `supersedeCheckouts` deactivates its link.
    if (other.id === paid.id || other.link === null || !isSameAmount(other.amount, paid.amount)) continue;
    recordDeactivation(merchant, other, Date.now());
  }
}

/** The same for a link that can be paid although it was withdrawn: its deactivation was refused, or waits for another try. */
export async function deactivateNow(merchant: MerchantContext, checkout: CheckoutWithLink): Promise<void> {
  const now = Date.now();
  await scheduleDeactivation(merchant, checkout, now);
  merchant.linkReservations.hasten(checkout.link.id, now);
  await merchant.scheduleAlarm(now);
}
