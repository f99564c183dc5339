import type { Merchant } from "../merchant/merchant.ts";
import { requireAllowedOrigin } from "../merchant/require-allowed-origin.ts";
import { type CheckoutAttempt, checkOut, type CreateCheckoutAnswer } from "./create-checkout.ts";
import { pricerOf } from "./price-request.ts";

/**
 * The pay journey of a browser without a script: what a form asked for, of the merchant's own pages or of ours.
 *
 * @throws Failure as `createCheckout`.
 */
export async function payByForm(
  merchant: Merchant,
  request: CheckoutAttempt,
  origin: string | null,
): Promise<CreateCheckoutAnswer> {
  if (origin !== merchant.config.workerUrl.origin) {
    // Whoever is asked to confirm it on our page has to be able to buy it, and prices are no secret.
    pricerOf(merchant, request)([]);
    requireAllowedOrigin(merchant, origin);
  }
  return checkOut(merchant, request);
}
