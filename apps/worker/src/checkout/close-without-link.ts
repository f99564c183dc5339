import { reportOf, snapshotOf } from "../events/serialize-checkout.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { recordEvent } from "../events/record-event.ts";
import type { CheckoutWithoutLink } from "../storage/checkouts.ts";

/** Ends a checkout without a link, which no shopper can pay, and records one event. */
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
