import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import type { Progress } from "./progress.ts";
import { isUrlAllowed } from "../http/allowed-url.ts";
import type { Checkout } from "../storage/checkouts.ts";

/**
 * Returns the progress of a checkout for the shopper's page, without a call to Qonto.
 *
 * @throws ApiError `checkout_not_found`.
 */
export function getProgress(merchant: MerchantContext, checkoutId: string): Progress {
  const checkout = merchant.checkouts.find(checkoutId);
  if (checkout === null) throw new ApiError("checkout_not_found");
  const { status, amount, reference, isReusable, locale, heardAt } = checkout;
  return {
    status,
    amount,
    reference,
    isReusable,
    payee: merchant.settings.read("organization")?.name ?? null,
    payUrl: payUrlOf(merchant, checkout),
    backUrl: backUrlOf(merchant, checkout),
    locale,
    heardAt,
  };
}

function payUrlOf(
  { config }: MerchantContext,
  { status, link, supersededBy, closesAt, closedAt }: Checkout,
): string | null {
  if (status !== "open" || link === null || supersededBy !== null || closedAt !== null) return null;
  if (closesAt !== null && closesAt <= Date.now()) return null;
  return isUrlAllowed(link.url, config.payHosts) ? link.url : null;
}

/** During a payment, the checkout is neither paid nor unpaid, so neither of the shop's pages would be right. */
function backUrlOf({ settings }: MerchantContext, { status, successUrl, cancelUrl }: Checkout): string | null {
  if (status === "processing") return null;
  const url = status === "paid" ? successUrl : cancelUrl;
  // The address was allowed when the checkout was opened, but may no longer be.
  const isAllowed = url !== null && settings.read("allowed_origins")?.includes(new URL(url).origin);
  return isAllowed ? url : null;
}
