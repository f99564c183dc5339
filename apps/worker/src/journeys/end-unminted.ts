import { reportOf, snapshotOf } from "../merchant/checkout-report.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { recordEvent } from "../merchant/record-event.ts";
import type { Checkout } from "../storage/checkouts.ts";

/** Ends a checkout that has no link, which nobody can pay, and tells of it once. */
export function endUnminted(merchant: Merchant, checkout: Checkout, status: "canceled" | "expired"): void {
  if (!merchant.checkouts.endUnminted(checkout.id, status)) return;
  const ended = { ...checkout, status };
  recordEvent(merchant, `checkout.${status}`, { checkout: snapshotOf(ended) });
  merchant.watchers.tell(checkout.id, reportOf(ended));
}
