import { isEnded } from "@qonto-pay/core/api";
import type { Merchant } from "../context/merchant-context.ts";
import { endUnminted } from "./close-without-link.ts";
import { withdrawLink } from "../payment-link/schedule-deactivation.ts";

/** From the alarm: has the links deactivated of checkouts whose own time is over. */
export async function closeDueCheckouts(merchant: Merchant): Promise<void> {
  for (const checkout of merchant.checkouts.dueForClosing(Date.now())) {
    // What is being minted finds out by itself that its time is over, and is ended by an alarm after that.
    if (merchant.mintsUnderWay.has(checkout.id)) continue;
    merchant.checkouts.recordClosing(checkout.id);
    if (checkout.link === null) endUnminted(merchant, checkout, "expired");
    // One that is being paid may become payable again.
    else if (!isEnded(checkout.status)) await withdrawLink(merchant, checkout);
  }
}
