import type { CheckoutCreated, CreateCheckoutRequest } from "@qonto-pay/core/api";
import { isSameAmount, type Money } from "@qonto-pay/core/money";
import { Failure } from "../errors/api-error.ts";
import { failureOfFault } from "../errors/to-api-error.ts";
import { isoEndOf } from "./serialize-checkout.ts";
import type { Merchant } from "../context/merchant-context.ts";
import { requireAllowedOrigin } from "../accounts/require-allowed-origin.ts";
import { QontoFault } from "../qonto/qonto-error.ts";
import type { Checkout } from "../storage/checkouts.ts";
import { advanceCheckout } from "./reconcile-checkout.ts";
import { askedByOffer } from "../pricing/order-from-offer.ts";
import { catalogueOrder } from "../pricing/order-from-catalog.ts";
import { type Attempt, type CheckoutOrder, openCheckout } from "./open-checkout.ts";
import { namedLinesOf } from "../pricing/price-items.ts";
import { withdrawLink } from "../payment-link/schedule-deactivation.ts";

/** What a shopper asks for. Every attempt has an id by the time it gets here. */
export type CheckoutAttempt = CreateCheckoutRequest & { readonly attempt_id: string };

/** `isNew`: this call minted it. */
export type CreateCheckoutAnswer = CheckoutCreated & { readonly isNew: boolean };

/**
 * The pay journey, inside the merchant object: from what a shopper asks for to the address where it is paid.
 *
 * @throws Failure `origin_not_allowed`, `price_changed`, those of `pricerOf`, `askedByOffer` and `openCheckout`.
 */
export async function createCheckout(
  merchant: Merchant,
  request: CheckoutAttempt,
  origin: string | null,
): Promise<CreateCheckoutAnswer> {
  requireAllowedOrigin(merchant, origin);
  return checkOut(merchant, request);
}

/**
 * The same for a shopper whose page is known to be one that may ask.
 *
 * @throws Failure as `createCheckout`, but `origin_not_allowed`.
 */
export async function checkOut(merchant: Merchant, request: CheckoutAttempt): Promise<CreateCheckoutAnswer> {
  const { attempt, order } = await askedBy(merchant, request);
  const { id, isNew } = await openCheckout(merchant, attempt, () => {
    const priced = order();
    if (!isAmountShown(request, priced.amount)) throw new Failure("price_changed", { param: "shown_amount" });
    return priced;
  });
  return answerOf(merchant, request, id, isNew);
}

/** What is asked for, with the price of the catalogue, or with the one that the merchant's server signed. */
async function askedBy(
  merchant: Merchant,
  request: CheckoutAttempt,
): Promise<{ readonly attempt: Attempt; readonly order: () => CheckoutOrder }> {
  if (request.offer !== undefined) return askedByOffer(merchant, request.offer, request.attempt_id);
  return {
    attempt: { id: request.attempt_id, intent: intentOf(request), param: "attempt_id" },
    order: () => catalogueOrder(merchant, request),
  };
}

/** The answer for a checkout that has its link. */
async function answerOf(
  merchant: Merchant,
  request: CreateCheckoutRequest,
  checkoutId: string,
  isNew: boolean,
): Promise<CreateCheckoutAnswer> {
  const checkout = await findBeforeRefusal(merchant, request, checkoutId);
  if (checkout?.link == null) throw new Failure("internal_error", { reason: "a minted checkout has no link" });
  const { link, status, amount } = checkout;
  if (status === "open" && !isAmountShown(request, amount)) {
    // The price of an offer is signed: that a page shows another one does not make it wrong.
    if (request.offer === undefined) await withdrawLink(merchant, checkout);
    throw new Failure("price_changed", { param: "shown_amount" });
  }
  return {
    id: checkoutId,
    status,
    amount,
    url: link.url,
    expires_at: isoEndOf(checkout),
    status_token: await merchant.statusTokens.sign(merchant.name, checkoutId),
    isNew,
  };
}

/** The checkout. Before a shopper is told of another price, Qonto is asked whether they have paid the first one already. */
async function findBeforeRefusal(
  merchant: Merchant,
  request: CreateCheckoutRequest,
  checkoutId: string,
): Promise<Checkout | null> {
  const checkout = merchant.checkouts.find(checkoutId);
  if (checkout === null || checkout.status !== "open" || isAmountShown(request, checkout.amount)) return checkout;
  try {
    await advanceCheckout(merchant, checkoutId, "pay");
  } catch (fault) {
    throw fault instanceof QontoFault ? failureOfFault(fault) : fault;
  }
  return merchant.checkouts.find(checkoutId);
}

/** Whether the page shows this very amount, or does not say what it shows. */
function isAmountShown({ shown_amount }: CreateCheckoutRequest, amount: Money): boolean {
  return shown_amount === undefined || isSameAmount(shown_amount, amount);
}

function intentOf(request: CreateCheckoutRequest): string {
  const lines = namedLinesOf(request).map(({ product, quantity = 1, amount = null }) => [product, quantity, amount]);
  return JSON.stringify([lines, request.reference ?? null]);
}
