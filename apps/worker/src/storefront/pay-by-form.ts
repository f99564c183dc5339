import type { MerchantContext } from "../context/merchant-context.ts";
import { requireAllowedOrigin } from "../accounts/require-allowed-origin.ts";
import { type CheckoutAttempt, checkOut, type CreateCheckoutAnswer } from "../checkout/create-from-page.ts";
import { pricerOf } from "../pricing/price-items.ts";

/** The page that a form was on. */
export interface PageOfForm {
  /** As its browser says. */
  readonly origin: string | null;
  /** Whether it is the Worker's own, at whatever address of the Worker it was shown. */
  readonly isOurs: boolean;
}

/**
 * The pay journey of a browser without a script: what a form asked for, of the merchant's own pages or of ours.
 *
 * @throws ApiError as `createCheckoutFromPage`.
 */
export async function payByForm(
  merchant: MerchantContext,
  request: CheckoutAttempt,
  { origin, isOurs }: PageOfForm,
): Promise<CreateCheckoutAnswer> {
  if (!isOurs) requirePageOfShop(merchant, request, origin);
  return checkOut(merchant, request);
}

function requirePageOfShop(merchant: MerchantContext, request: CheckoutAttempt, origin: string | null): void {
  try {
    requireAllowedOrigin(merchant, origin);
  } catch (refusal) {
    // Whoever is asked to confirm it on our page has to be able to buy it, and prices are no secret.
    pricerOf(merchant, request)([]);
    throw refusal;
  }
}
