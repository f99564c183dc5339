import { isEnded, type Product } from "@qonto-pay/core/api";
import type { MerchantContext } from "../context/merchant-context.ts";
import { closeWithoutLink } from "../checkout/close-without-link.ts";
import { SHARED_LINK_KEPT_MS } from "../http/shared-link-cache.ts";
import { scheduleDeactivation } from "../payment-link/schedule-deactivation.ts";

/**
 * Returns the fingerprint of a shared link's order. It changes whenever the price or the text of the pay page may
 * change.
 */
export function intentOf(product: Product): string {
  return JSON.stringify(product);
}

/** Retires the product's present shared link, unless it was created for the same product data. */
export function retireSharedLink(merchant: MerchantContext, id: string, product: Product | null): void {
  const present = merchant.sharedCheckouts.presentOf(id);
  if (present === null || (product !== null && present.intent === intentOf(product))) return;
  merchant.sharedCheckouts.retire(id, Date.now());
  deactivateRetired(merchant);
}

/**
 * Deactivates the links of retired attempts. Skips an attempt whose link is being created: its caller, and then the
 * alarm, run this again. Idempotent.
 */
export function deactivateRetired(merchant: MerchantContext): void {
  for (const { attemptId, retiredAt } of merchant.sharedCheckouts.retired()) {
    const checkout = merchant.checkouts.findByAttempt(attemptId);
    if (checkout !== null && merchant.inFlightCreations.has(checkout.id)) continue;
    if (checkout !== null && checkout.link === null) closeWithoutLink(merchant, checkout, "canceled");
    else if (checkout !== null && !isEnded(checkout.status)) {
      scheduleDeactivation(merchant, checkout, (retiredAt ?? 0) + SHARED_LINK_KEPT_MS);
    }
    // Last, so that all steps are repeated if the object dies before.
    merchant.sharedCheckouts.remove(attemptId);
  }
}
