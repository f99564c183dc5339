import { isEnded } from "@qonto-pay/core/api";
import type { MerchantContext } from "../context/merchant-context.ts";
import { closeWithoutLink } from "./close-without-link.ts";
import { recordDeleted } from "./delete-expired-checkouts.ts";
import { scheduleDeactivation } from "../payment-link/schedule-deactivation.ts";

/** Runs from the alarm. Deactivates the links of checkouts whose own time is over. */
export function expireCheckouts(merchant: MerchantContext): void {
  for (const checkout of merchant.checkouts.dueForClosing(Date.now())) {
    // A creation in progress notices itself that the time is over. A later alarm then ends the checkout.
    if (merchant.inFlightCreations.has(checkout.id)) continue;
    merchant.checkouts.recordClosing(checkout.id);
    if (checkout.link === null) closeWithoutLink(merchant, checkout, "expired");
    // A checkout that is being paid may become payable again.
    else if (!isEnded(checkout.status)) scheduleDeactivation(merchant, checkout);
  }
  deleteAbandoned(merchant);
}

/** Ends and deletes checkouts whose link could not be created within a day. No shopper has a link to them. */
function deleteAbandoned(merchant: MerchantContext): void {
  const abandoned = merchant.checkouts.abandoned(Date.now()).filter(({ id }) => !merchant.inFlightCreations.has(id));
  merchant.transaction(() => {
    for (const checkout of abandoned) if (checkout.link === null) closeWithoutLink(merchant, checkout, "expired");
    merchant.checkoutExpiry.delete(abandoned.map(({ id }) => id));
    recordDeleted(merchant, { withoutLink: abandoned.length });
  });
}
