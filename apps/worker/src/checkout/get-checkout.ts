import type { Checkout } from "@qonto-pay/core/api";
import { checkoutNotFound } from "../errors/id-error.ts";
import { snapshotOf } from "../events/serialize-checkout.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { reconcileCheckout } from "./reconcile-checkout.ts";
import { translateQontoErrors } from "../errors/translate-qonto-errors.ts";

/** A reusable checkout may have thousands of payments. */
const MOST_PAYMENTS = 100;

interface WhichCheckout {
  readonly id: string;
}

/** Returns a checkout for the merchant's server. @throws ApiError `checkout_not_found`. */
export async function readCheckout(merchant: MerchantContext, { id }: WhichCheckout): Promise<Checkout> {
  const checkout = merchant.checkouts.find(id);
  if (checkout === null) throw checkoutNotFound(id);
  const statusToken = await merchant.statusTokens.sign(merchant.name, id);
  return {
    ...snapshotOf(checkout),
    payment_count: merchant.payments.count(id),
    payments: merchant.payments.newestOf(id, MOST_PAYMENTS),
    payment_link: checkout.link?.body ?? null,
    status_token: statusToken,
    status_url: new URL(`/checkouts/${id}?token=${statusToken}`, merchant.config.workerUrl).href,
  };
}

/**
 * Reads a checkout's link from Qonto now, without waiting for webhooks and alarms.
 *
 * @throws ApiError `checkout_not_found`; `payment_link_not_found` if the link no longer exists at Qonto; and translated
 *   errors of Qonto.
 */
export async function syncCheckout(merchant: MerchantContext, { id }: WhichCheckout): Promise<Checkout> {
  await translateQontoErrors(() => reconcileCheckout(merchant, id), "payment_link_not_found");
  return readCheckout(merchant, { id });
}
