import type { CreateCheckoutRequest } from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { type BasketWriter, priceLines, type RequestedLine } from "./price-lines.ts";

/** A request that has a price: one product, or several. */
export type Priceable = Pick<CreateCheckoutRequest, "product" | "quantity" | "amount" | "items">;

/**
 * Prices a shopper's request at the current prices of the merchant's catalogue. Later price changes have no effect.
 *
 * @returns a function that writes the basket for rounding policies. It throws ApiError `quantity_out_of_range` or
 * `amount_out_of_range`, each with its `param`.
 * @throws ApiError `product_not_found`, with its `param`.
 */
export function pricerOf(merchant: MerchantContext, request: Priceable): BasketWriter {
  const pathOf = (field: string, line: number) => (request.items === undefined ? field : `items[${line}].${field}`);
  const lines = namedLinesOf(request).map(({ product: id, ...line }, index): RequestedLine => {
    const product = merchant.products.find(id);
    if (product === null) throw new ApiError("product_not_found", { param: pathOf("product", index) });
    return { ...line, product };
  });
  return (policies) => {
    const priced = priceLines(lines, policies);
    if (!("problem" in priced)) return priced;
    const field = priced.problem === "quantity_out_of_range" ? "quantity" : "amount";
    throw new ApiError(priced.problem, { param: pathOf(field, priced.line) });
  };
}

/** A line of a request before its product is looked up. */
type NamedLine = Omit<RequestedLine, "product"> & { readonly product: string };

/** Returns the same lines for both forms of a request. */
export function namedLinesOf({ product = "", quantity, amount, items }: Priceable): readonly NamedLine[] {
  return items ?? [{ product, quantity, amount }];
}
