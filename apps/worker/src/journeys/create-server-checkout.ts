import type { Checkout, CreateServerCheckoutRequest } from "@qonto-pay/core/api";
import { type BuiltBasket, buildBasket, MoneyError, normalizeAmount, type RoundingPolicy } from "@qonto-pay/core/money";
import { Failure } from "../failure/failure.ts";
import type { Merchant } from "../merchant/merchant.ts";
import type { Sale } from "./mint-payment-link.ts";
import { openCheckout } from "./open-checkout.ts";
import { readCheckout } from "./read-checkout.ts";

/** What a merchant's server asks for. */
export interface ServerCheckoutAttempt {
  readonly idempotencyKey: string;
  readonly request: CreateServerCheckoutRequest;
}

/** `isNew`: this call minted it. */
export type CreateServerCheckoutAnswer = { readonly checkout: Checkout; readonly isNew: boolean };

/**
 * The pay journey for a merchant's own server: items with its own prices, or an invoice. What Qonto charges is held to
 * it as for a shopper.
 *
 * @throws Failure `amount_out_of_range` for what can't be paid, and those of `openCheckout`.
 */
export async function createServerCheckout(
  merchant: Merchant,
  { idempotencyKey, request }: ServerCheckoutAttempt,
): Promise<CreateServerCheckoutAnswer> {
  const attempt = { id: `key:${idempotencyKey}`, intent: JSON.stringify(request), param: "Idempotency-Key" };
  const { id, isNew } = await openCheckout(merchant, attempt, () => {
    const { reference = null, metadata = {}, reusable: isReusable = false, payment_methods: methods } = request;
    return { ...soldBy(request), reference, metadata, isReusable, methods };
  });
  return { checkout: await readCheckout(merchant, { id }), isNew };
}

function soldBy({ items = [], invoice }: CreateServerCheckoutRequest) {
  try {
    if (invoice !== undefined) {
      const amount = normalizeAmount(invoice.amount);
      if (!/[1-9]/.test(amount.value)) throw new Failure("amount_out_of_range", { param: "invoice.amount" });
      return { sale: { kind: "invoice", invoice } satisfies Sale, amount };
    }
    const write = (policies: readonly RoundingPolicy[]): BuiltBasket => buildBasket({ lines: items, policy: policies });
    const safe = write([]);
    return { sale: { kind: "basket", safe, write } satisfies Sale, amount: safe.shown };
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw new Failure("amount_out_of_range", { param: error.param.replace("lines", "items") });
  }
}
