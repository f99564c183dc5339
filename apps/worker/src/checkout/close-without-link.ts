import { reportOf, snapshotOf } from "../events/serialize-checkout.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { recordEvent } from "../events/record-event.ts";
import type { CheckoutWithoutLink } from "../storage/checkouts.ts";

/** Ends a checkout that has no link, which nobody can pay, and tells of it once. */
export function closeWithoutLink(
  merchant: MerchantContext,
  checkout: CheckoutWithoutLink,
  status: "canceled" | "expired",
): void {
  if (!merchant.checkouts.endUnminted(checkout.id, status)) return;
  const ended = { ...checkout, status };
  recordEvent(merchant, `checkout.${status}`, { checkout: snapshotOf(ended) });
  merchant.statusSubscribers.send(checkout.id, reportOf(ended));
}
