import type { MerchantContext } from "../context/merchant-context.ts";
import { requireAllowedOrigin } from "../accounts/require-allowed-origin.ts";
import {
  type CheckoutAttempt,
  checkOut,
  type CreateCheckoutAnswer,
  type PageVisit,
} from "../checkout/create-from-page.ts";
import { pricerOf } from "../pricing/price-items.ts";

/** The page that contained the form. */
export interface PageOfForm extends PageVisit {
  /** Whether it is the Worker's own page, at any address of the Worker. */
  readonly isOurs: boolean;
}

/**
 * Creates a checkout for a form that a browser sent without a script, from one of the merchant's pages or of ours.
 *
 * @throws ApiError as `createCheckoutFromPage`.
 */
export async function payByForm(
  merchant: MerchantContext,
  request: CheckoutAttempt,
  { origin, isOurs, visit }: PageOfForm,
): Promise<CreateCheckoutAnswer> {
  if (!isOurs) requirePageOfShop(merchant, request, origin);
  return checkOut(merchant, request, visit);
}

function requirePageOfShop(merchant: MerchantContext, request: CheckoutAttempt, origin: string | null): void {
  try {
    requireAllowedOrigin(merchant, origin);
  } catch (refusal) {
    // The shopper is asked to confirm on our page, so the order must be valid first. Prices are not secret.
    pricerOf(merchant, request)([]);
    throw refusal;
  }
}
