import type { MerchantContext } from "../context/merchant-context.ts";
import type { CheckoutWithLink } from "../storage/checkouts.ts";

/**
 * Schedules the deactivation of a checkout's link, because it must no longer be paid. Call it synchronously with the
 * write that causes it. Idempotent.
 *
 * @param dueAt when, in milliseconds since the epoch; now if not given.
 */
export function scheduleDeactivation(
  { linkReservations }: MerchantContext,
  { id, link }: CheckoutWithLink,
  dueAt = Date.now(),
): void {
  if (!linkReservations.has(link.id)) linkReservations.add({ checkoutId: id, linkId: link.id, dueAt }, Date.now());
}

/** Does the same for a withdrawn link that can still be paid: its deactivation was rejected, or is to be retried. */
export function deactivateNow(merchant: MerchantContext, checkout: CheckoutWithLink): void {
  const now = Date.now();
  scheduleDeactivation(merchant, checkout, now);
  merchant.linkReservations.hasten(checkout.link.id, now);
}
