import type { CheckoutCreated, CreateCheckoutRequest } from "@qonto-pay/core/api";
import { isSameAmount, type Money } from "@qonto-pay/core/money";
import { ApiError } from "../errors/api-error.ts";
import { toApiError } from "../errors/to-api-error.ts";
import { isoEndOf } from "../events/serialize-checkout.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { requireAllowedOrigin } from "../accounts/require-allowed-origin.ts";
import type { Visit } from "../flood/flood-gate.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import type { CheckoutWithLink } from "../storage/checkouts.ts";
import { reconcileCheckout } from "./reconcile-checkout.ts";
import { orderFromOffer } from "../pricing/order-from-offer.ts";
import { orderFromCatalog } from "../pricing/order-from-catalog.ts";
import { type Attempt, type CheckoutOrder, openCheckout } from "./open-checkout.ts";
import { namedLinesOf } from "../pricing/price-items.ts";
import { scheduleDeactivation } from "../payment-link/schedule-deactivation.ts";

/** A shopper's request. Every attempt has an id at this point. */
export type CheckoutAttempt = CreateCheckoutRequest & { readonly attempt_id: string };

/** The page of a shopper's request. */
export interface PageVisit {
  /** The `Origin` that the browser sent. */
  readonly origin: string | null;
  readonly visit: Visit;
}

/** `isNew`: this call created the link. */
export type CreateCheckoutAnswer = CheckoutCreated & { readonly isNew: boolean };

/**
 * Creates a checkout from a shopper's request and returns the address of its pay page.
 *
 * @throws ApiError `origin_not_allowed`, `price_changed`, those of `pricerOf`, `orderFromOffer` and `openCheckout`.
 */
export async function createCheckoutFromPage(
  merchant: MerchantContext,
  request: CheckoutAttempt,
  { origin, visit }: PageVisit,
): Promise<CreateCheckoutAnswer> {
  requireAllowedOrigin(merchant, origin);
  return checkOut(merchant, request, visit);
}

/**
 * Creates a checkout for a page whose origin is already known to be allowed.
 *
 * @throws ApiError as `createCheckoutFromPage`, except `origin_not_allowed`.
 */
export async function checkOut(
  merchant: MerchantContext,
  request: CheckoutAttempt,
  visit: Visit,
): Promise<CreateCheckoutAnswer> {
  const { attempt, order } = await askedBy(merchant, request);
  const { checkout, isNew } = await openCheckout(merchant, attempt, () => {
    const priced = order();
    if (!isAmountShown(request, priced.amount)) throw new ApiError("price_changed", { param: "shown_amount" });
    // Last, so that a shopper does not solve a challenge for an order that can't be paid.
    merchant.floodGate.admit(visit);
    return priced;
  });
  return answerOf(merchant, request, checkout, isNew);
}

/** Returns the order, with the price of the catalogue or the price that the merchant's server signed. */
async function askedBy(
  merchant: MerchantContext,
  request: CheckoutAttempt,
): Promise<{ readonly attempt: Attempt; readonly order: () => CheckoutOrder }> {
  if (request.offer !== undefined) return orderFromOffer(merchant, request.offer, request.attempt_id);
  return {
    attempt: { id: request.attempt_id, intent: intentOf(request), param: "attempt_id" },
    order: () => orderFromCatalog(merchant, request),
  };
}

async function answerOf(
  merchant: MerchantContext,
  request: CreateCheckoutRequest,
  opened: CheckoutWithLink,
  isNew: boolean,
): Promise<CreateCheckoutAnswer> {
  const checkout = await syncedBeforeRejection(merchant, request, opened);
  const { id, link, status, amount } = checkout;
  if (status === "open" && !isAmountShown(request, amount)) {
    // The price of an offer is signed, so it is right even if the page shows another one.
    if (request.offer === undefined) scheduleDeactivation(merchant, checkout);
    throw new ApiError("price_changed", { param: "shown_amount" });
  }
  return {
    id,
    status,
    amount,
    url: link.url,
    expires_at: isoEndOf(checkout),
    status_token: await merchant.statusTokens.sign(merchant.name, id),
    isNew,
  };
}

/**
 * Returns the checkout. Before a shopper sees another price, reads at Qonto whether they have already paid the first
 * one.
 */
async function syncedBeforeRejection(
  merchant: MerchantContext,
  request: CreateCheckoutRequest,
  checkout: CheckoutWithLink,
): Promise<CheckoutWithLink> {
  if (checkout.status !== "open" || isAmountShown(request, checkout.amount)) return checkout;
  try {
    await reconcileCheckout(merchant, checkout.id);
  } catch (fault) {
    throw fault instanceof QontoError ? toApiError(fault) : fault;
  }
  return merchant.checkouts.reload(checkout);
}

/** Whether the page shows exactly this amount, or does not state its amount. */
function isAmountShown({ shown_amount }: CreateCheckoutRequest, amount: Money): boolean {
  return shown_amount === undefined || isSameAmount(shown_amount, amount);
}

function intentOf(request: CreateCheckoutRequest): string {
  const lines = namedLinesOf(request).map(({ product, quantity = 1, amount = null }) => [product, quantity, amount]);
  return JSON.stringify([lines, request.reference ?? null]);
}
