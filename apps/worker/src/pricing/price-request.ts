import type { Product } from "@qonto-pay/core/api";
import {
  type BuiltBasket,
  buildBasket,
  isAmountWithin,
  MoneyError,
  normalizeAmount,
  type RoundingPolicy,
} from "@qonto-pay/core/money";

/** What a shopper asks for; everything else comes from the catalogue. */
export interface PriceRequest {
  readonly quantity?: number | undefined;
  readonly amount?: string | undefined;
}

/** Why a request has no price. */
export type PriceProblem = "quantity_out_of_range" | "amount_out_of_range";

/**
 * Prices a request by the catalogue: the lines for Qonto, and what the shopper pays.
 *
 * A quantity is a whole number within the product's bounds, 1 where none is given. An amount is taken for products with
 * an open amount only, and contains the VAT.
 *
 * @param policy the rounding to write the lines for; undefined: lines that come out whatever way Qonto rounds.
 */
export function priceRequest(
  product: Product,
  request: PriceRequest,
  policy: RoundingPolicy | undefined,
): BuiltBasket | PriceProblem {
  const { title, description, type, vat_rate } = product;
  if ("open_amount" in product) {
    if (request.quantity !== undefined && request.quantity !== 1) return "quantity_out_of_range";
    const { min, max } = product.open_amount;
    const price = openAmount(request.amount, min.currency);
    if (price === null || !isAmountWithin(price, min, max)) return "amount_out_of_range";
    return buildBasket({
      lines: [{ title, description, type, vat_rate, quantity: 1, price, tax_behavior: "inclusive" }],
      policy,
    });
  }
  const quantity = request.quantity ?? 1;
  if (request.amount !== undefined) return "amount_out_of_range";
  if (!Number.isInteger(quantity) || quantity < product.min_quantity || quantity > product.max_quantity) {
    return "quantity_out_of_range";
  }
  const { price, tax_behavior } = product;
  return buildBasket({ lines: [{ title, description, type, vat_rate, quantity, price, tax_behavior }], policy });
}

function openAmount(amount: string | undefined, currency: string) {
  if (amount === undefined) return null;
  try {
    return normalizeAmount({ value: amount, currency });
  } catch (error) {
    if (error instanceof MoneyError) return null;
    throw error;
  }
}
