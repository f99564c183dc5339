import { isEnded, type Product } from "@qonto-pay/core/api";
import type { MerchantContext } from "../context/merchant-context.ts";
import { closeWithoutLink } from "../checkout/close-without-link.ts";
import { SHARED_LINK_KEPT_MS } from "../http/shared-link-cache.ts";
import { scheduleDeactivation } from "../payment-link/schedule-deactivation.ts";

/** What a shared link of a product is for: another text means another price, or another thing on the pay page. */
export function intentOf(product: Product): string {
  return JSON.stringify(product);
}

/** From now on, nobody is sent to the product's present shared link, unless it is for this very product. */
export function retireSharedLink(merchant: MerchantContext, id: string, product: Product | null): void {
  const present = merchant.sharedCheckouts.presentOf(id);
  if (present === null || (product !== null && present.intent === intentOf(product))) return;
  merchant.sharedCheckouts.retire(id, Date.now());
  withdrawRetired(merchant);
}

/**
 * Has the links of retired attempts deactivated. One that is being minted right now is left to whoever waits for it, and
 * to the alarm. May be repeated.
 */
export function withdrawRetired(merchant: MerchantContext): void {
  for (const { attemptId, retiredAt } of merchant.sharedCheckouts.retired()) {
    const checkout = merchant.checkouts.findByAttempt(attemptId);
    if (checkout !== null && merchant.inFlightCreations.has(checkout.id)) continue;
    if (checkout !== null && checkout.link === null) closeWithoutLink(merchant, checkout, "canceled");
    else if (checkout !== null && !isEnded(checkout.status)) {
      scheduleDeactivation(merchant, checkout, (retiredAt ?? 0) + SHARED_LINK_KEPT_MS);
    }
    // Last: should the object die before, it is all done once more.
    merchant.sharedCheckouts.remove(attemptId);
  }
}
