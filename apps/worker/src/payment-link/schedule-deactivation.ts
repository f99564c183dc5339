import type { MerchantContext } from "../context/merchant-context.ts";
import type { CheckoutWithLink } from "../storage/checkouts.ts";

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

/** The same for a link that can be paid although it was withdrawn: its deactivation was refused, or waits for another try. */
export function deactivateNow(merchant: MerchantContext, checkout: CheckoutWithLink): void {
  const now = Date.now();
  scheduleDeactivation(merchant, checkout, now);
  merchant.linkReservations.hasten(checkout.link.id, now);
}
