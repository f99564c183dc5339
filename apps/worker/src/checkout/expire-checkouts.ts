import { isEnded } from "@qonto-pay/core/api";
import type { MerchantContext } from "../context/merchant-context.ts";
import { closeWithoutLink } from "./close-without-link.ts";
import { scheduleDeactivation } from "../payment-link/schedule-deactivation.ts";

/** From the alarm: has the links deactivated of checkouts whose own time is over. */
export function expireCheckouts(merchant: MerchantContext): void {
  for (const checkout of merchant.checkouts.dueForClosing(Date.now())) {
    // What is being minted finds out by itself that its time is over, and is ended by an alarm after that.
    if (merchant.inFlightCreations.has(checkout.id)) continue;
    merchant.checkouts.recordClosing(checkout.id);
    if (checkout.link === null) closeWithoutLink(merchant, checkout, "expired");
    // One that is being paid may become payable again.
    else if (!isEnded(checkout.status)) scheduleDeactivation(merchant, checkout);
  }
  closeAbandoned(merchant);
}

/** Ends checkouts whose link could not be created within a day. No one was sent to them. */
function closeAbandoned(merchant: MerchantContext): void {
  for (const checkout of merchant.checkouts.abandoned(Date.now())) {
    if (checkout.link === null && !merchant.inFlightCreations.has(checkout.id)) {
      closeWithoutLink(merchant, checkout, "expired");
    }
  }
}
