import type { CheckoutCreated, CreateCheckoutRequest } from "@qonto-pay/core/api";
import { isSameAmount, type Money } from "@qonto-pay/core/money";
import { Failure } from "../failure/failure.ts";
import { randomId } from "../security/random-id.ts";
import type { Checkout } from "../storage/checkouts.ts";
import { statusAt } from "./checkout-report.ts";
import type { Merchant } from "./merchant.ts";
import { type BasketWriter, mintPaymentLink } from "./mint-payment-link.ts";
import { linesOf, priceRequest } from "./price-request.ts";
import { requireAllowedOrigin } from "./require-allowed-origin.ts";

/**
 * The pay journey, inside the merchant object: from what a shopper asks for to the address where it is paid.
 *
 * The same attempt always gets the same checkout, however often and however close together it is asked for.
 *
 * @throws Failure `origin_not_allowed`, `idempotency_key_reused`, `price_changed`, those of `priceRequest` and of `mintPaymentLink`.
 */
export async function createCheckout(
  merchant: Merchant,
  request: CreateCheckoutRequest,
  origin: string | null,
): Promise<CheckoutCreated & { isNew: boolean }> {
  requireAllowedOrigin(merchant, origin);
  const earlier = request.attempt_id === undefined ? null : merchant.checkouts.findByAttempt(request.attempt_id);
  if (earlier !== null && earlier.intent !== intentOf(request)) {
    throw new Failure("idempotency_key_reused", { param: "attempt_id" });
  }
  if (earlier?.link != null) {
    if (!isAmountShown(request, earlier.amount)) await refuseOldPrice(merchant, earlier.id, earlier.link.id);
    return answerOf(merchant, earlier, false);
  }
  const underWay = earlier === null ? undefined : merchant.mintsUnderWay.get(earlier.id);
  if (underWay !== undefined) return answerOf(merchant, await underWay, false);

  // No await from here until the mint is registered: a second click must find the first one.
  const checkoutId = prepareCheckout(merchant, request, earlier);
  const write: BasketWriter = (policy) => priceRequest(merchant, request, policy);
  const mint = mintPaymentLink(merchant, checkoutId, write).finally(() => merchant.mintsUnderWay.delete(checkoutId));
  merchant.mintsUnderWay.set(checkoutId, mint);
  return answerOf(merchant, await mint, true);
}

/** Prices the request and stores the checkout without a link; an attempt that failed before is priced anew. */
function prepareCheckout(merchant: Merchant, request: CreateCheckoutRequest, earlier: Checkout | null): string {
  const { shown } = priceRequest(merchant, request, undefined);
  if (!isAmountShown(request, shown)) throw new Failure("price_changed", { param: "shown_amount" });
  const now = Date.now();
  if (earlier !== null) {
    merchant.checkouts.reprice(earlier.id, shown, now);
    return earlier.id;
  }
  const id = randomId("co");
  merchant.checkouts.add(
    {
      id,
      attemptId: request.attempt_id ?? null,
      intent: intentOf(request),
      reference: request.reference ?? null,
      amount: shown,
    },
    now,
  );
  return id;
}

/** Whether the page shows this very amount, or does not say what it shows. */
function isAmountShown({ shown_amount }: CreateCheckoutRequest, amount: Money): boolean {
  return shown_amount === undefined || isSameAmount(shown_amount, amount);
}

/** The page shows another price than the one this attempt was made for: that link must not be paid by mistake. */
async function refuseOldPrice(merchant: Merchant, checkoutId: string, linkId: string): Promise<never> {
  merchant.unwantedLinks.add(checkoutId, linkId, Date.now());
  await merchant.wakeBy(Date.now());
  throw new Failure("price_changed", { param: "shown_amount" });
}

function intentOf(request: CreateCheckoutRequest): string {
  const lines = linesOf(request).map(({ product, quantity = 1, amount = null }) => [product, quantity, amount]);
  return JSON.stringify([lines, request.reference ?? null]);
}

async function answerOf(
  merchant: Merchant,
  checkout: Checkout,
  isNew: boolean,
): Promise<CheckoutCreated & { isNew: boolean }> {
  if (checkout.link === null) throw new Failure("internal_error", { reason: "a minted checkout has no link" });
  return {
    id: checkout.id,
    status: statusAt(checkout, Date.now()),
    amount: checkout.amount,
    url: checkout.link.url,
    expires_at: checkout.link.expiresAt,
    status_token: await merchant.statusTokens.sign(merchant.name, checkout.id),
    isNew,
  };
}
