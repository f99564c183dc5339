import type { CheckoutCreated, CreateCheckoutRequest } from "@qonto-pay/core/api";
import { isSameAmount } from "@qonto-pay/core/money";
import { Failure } from "../failure/failure.ts";
import { randomId } from "../security/random-id.ts";
import type { Checkout } from "../storage/checkouts.ts";
import { statusAt } from "./checkout-report.ts";
import type { Merchant } from "./merchant.ts";
import { type BasketWriter, mintPaymentLink } from "./mint-payment-link.ts";
import { priceOf } from "./quote-price.ts";
import { requireAllowedOrigin } from "./require-allowed-origin.ts";

/**
 * The pay journey, inside the merchant object: from what a shopper asks for to the address where it is paid.
 *
 * The same attempt always gets the same checkout, however often and however close together it is asked for.
 *
 * @throws Failure `origin_not_allowed`, `idempotency_key_reused`, `price_changed`, those of `priceOf` and of `mintPaymentLink`.
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
  if (earlier?.link != null) return answerOf(merchant, earlier, false);
  const underWay = earlier === null ? undefined : merchant.mintsUnderWay.get(earlier.id);
  if (underWay !== undefined) return answerOf(merchant, await underWay, false);

  // No await from here until the mint is registered: a second click must find the first one.
  const checkoutId = prepareCheckout(merchant, request, earlier);
  const write: BasketWriter = (policy) => priceOf(merchant, request.product, request, policy).basket;
  const mint = mintPaymentLink(merchant, checkoutId, write).finally(() => merchant.mintsUnderWay.delete(checkoutId));
  merchant.mintsUnderWay.set(checkoutId, mint);
  return answerOf(merchant, await mint, true);
}

/** Prices the request and stores the checkout without a link; an attempt that failed before is priced anew. */
function prepareCheckout(merchant: Merchant, request: CreateCheckoutRequest, earlier: Checkout | null): string {
  const { basket } = priceOf(merchant, request.product, request, undefined);
  if (request.shown_amount !== undefined && !isSameAmount(request.shown_amount, basket.shown)) {
    throw new Failure("price_changed", { param: "shown_amount" });
  }
  const now = Date.now();
  if (earlier !== null) {
    merchant.checkouts.reprice(earlier.id, basket.shown, now);
    return earlier.id;
  }
  const id = randomId("co");
  merchant.checkouts.add(
    {
      id,
      attemptId: request.attempt_id ?? null,
      intent: intentOf(request),
      reference: request.reference ?? null,
      amount: basket.shown,
    },
    now,
  );
  return id;
}

function intentOf({ product, quantity, amount, reference }: CreateCheckoutRequest): string {
  return JSON.stringify([product, quantity ?? 1, amount ?? null, reference ?? null]);
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
