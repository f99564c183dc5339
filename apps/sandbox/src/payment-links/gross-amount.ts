import { type Money, MoneyError, normalizeAmount, priceBasket, type RoundingPolicy } from "@qonto-pay/core/money";
import { badRequest } from "../api/api-error.ts";
import type { PaymentLinkBody } from "./payment-link-body.ts";

/**
 * Returns the amount that the shopper pays: the invoice's amount, or the basket's lines with their VAT. It has all
 * decimals of its currency.
 *
 * @throws ApiError 400 for a basket that cannot be priced, and for an amount of zero.
 */
export function grossAmount(body: PaymentLinkBody, policy: RoundingPolicy): Money {
  try {
    const amount =
      body.resource_type === "Invoice" ? normalizeAmount(body.amount) : priceBasket(body.items, policy).gross;
    if (/[1-9]/.test(amount.value)) return amount;
  } catch (error) {
    if (!(error instanceof MoneyError)) throw error;
    throw badRequest(error.message, pointerOf(body, error.param));
  }
  throw badRequest("The amount must be greater than zero", "/payment_link");
}

/** Returns a path such as `items[2].unit_price.value` as a JSON pointer into the request. */
function pointerOf(body: PaymentLinkBody, param: string): string {
  const path = param.replaceAll(/[[.]/g, "/").replaceAll("]", "");
  return body.resource_type === "Invoice" ? "/payment_link/amount" : `/payment_link/${path}`;
}
