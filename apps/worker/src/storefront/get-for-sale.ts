import type { Product } from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import type { ForSale } from "./for-sale.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { pricerOf } from "../pricing/price-items.ts";

/** A shopper's choice for a product. */
export interface AskedForSale {
  /** The product's minimum if not given. */
  readonly quantity?: number | undefined;
  /** Decimal string; only for a product with an open amount. */
  readonly amount?: string | undefined;
}

/** Returns a product that can be paid for now. @throws ApiError `product_not_found`, `merchant_not_connected`. */
export function requireForSale(merchant: MerchantContext, id: string): Product {
  const product = merchant.products.find(id);
  if (product === null) throw new ApiError("product_not_found");
  // An existing link could still be paid, but the Worker could not read the payment.
  if (merchant.settings.read("sealed_tokens") === null) {
    throw new ApiError("merchant_not_connected", { reason: "the merchant has not consented" });
  }
  return product;
}

/**
 * Returns a product as the shopper sees it before paying. The shopper may still choose another amount.
 *
 * @throws ApiError `quantity_out_of_range`; `amount_out_of_range` for an amount that can't be paid, or of a product
 *   with a fixed price.
 */
export function getForSale(merchant: MerchantContext, product: Product, asked: AskedForSale = {}): ForSale {
  const { id, title, description = null, vat_rate: vatRate } = product;
  const payee = merchant.settings.read("organization")?.name ?? null;
  return { id, title, description, vatRate, payee, price: priceOf(merchant, product, asked) };
}

function priceOf(merchant: MerchantContext, product: Product, { quantity, amount }: AskedForSale): ForSale["price"] {
  if ("open_amount" in product) {
    if ((quantity ?? 1) !== 1) throw new ApiError("quantity_out_of_range", { param: "quantity" });
    return { kind: "open", ...product.open_amount };
  }
  const bought = { product: product.id, quantity: quantity ?? product.min_quantity, amount };
  return { kind: "fixed", quantity: bought.quantity, amount: pricerOf(merchant, bought)([]).shown };
}
