import { CHECKOUT_STATUSES, type CheckoutStatus } from "@qonto-pay/core/api";
import { reportOf } from "../merchant/checkout-report.ts";
import type { Merchant } from "../merchant/merchant.ts";

/**
 * Brings a checkout to where Qonto's own answer says its link is, and tells whoever watches it.
 *
 * @throws QontoFault where the link can't be read.
 */
export async function advanceCheckout(merchant: Merchant, checkoutId: string): Promise<void> {
  const link = merchant.checkouts.find(checkoutId)?.link;
  if (link == null) return;
  const { status } = await merchant.qonto.getPaymentLink(link.id);
  const checkout = merchant.checkouts.find(checkoutId);
  if (checkout === null) return;
  const next = statusAfter(checkout.status, status);
  merchant.checkouts.recordStatus(checkoutId, next);
  if (next !== checkout.status) merchant.watchers.tell(checkoutId, reportOf({ ...checkout, status: next }));
}

/** Paid stays paid, whatever comes later; a status that this version does not know changes nothing. */
export function statusAfter(current: CheckoutStatus, linkStatus: string): CheckoutStatus {
  if (current === "paid") return "paid";
  return CHECKOUT_STATUSES.find((known) => known === linkStatus) ?? current;
}
