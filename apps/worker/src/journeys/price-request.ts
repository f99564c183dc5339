import type { CreateCheckoutRequest } from "@qonto-pay/core/api";
import type { BuiltBasket, RoundingPolicy } from "@qonto-pay/core/money";
import { Failure } from "../failure/failure.ts";
import { priceLines, type RequestedLine } from "../pricing/price-lines.ts";
import type { Merchant } from "./merchant.ts";

/** What has a price: one product, or several. */
export type Priceable = Pick<CreateCheckoutRequest, "product" | "quantity" | "amount" | "items">;

/**
 * Prices what a shopper asks for by the merchant's catalogue.
 *
 * @param policy the rounding to write the lines for; undefined: lines that come out whatever way Qonto rounds.
 * @throws Failure `product_not_found`, `quantity_out_of_range`, `amount_out_of_range`, each with its `param`.
 */
export function priceRequest(merchant: Merchant, request: Priceable, policy: RoundingPolicy | undefined): BuiltBasket {
  const pathOf = (field: string, line: number) => (request.items === undefined ? field : `items[${line}].${field}`);
  const lines = linesOf(request).map(({ product: id, ...line }, index) => {
    const product = merchant.catalogue.find(id);
    if (product === null) throw new Failure("product_not_found", { param: pathOf("product", index) });
    return { ...line, product };
  });
  const priced = priceLines(lines, policy);
  if (!("problem" in priced)) return priced;
  const field = priced.problem === "quantity_out_of_range" ? "quantity" : "amount";
  throw new Failure(priced.problem, { param: pathOf(field, priced.line) });
}

/** A line of a request before its product is looked up. */
type NamedLine = Omit<RequestedLine, "product"> & { readonly product: string };

/** The same request in one form, whichever of its two forms it was sent in. */
export function linesOf({ product = "", quantity, amount, items }: Priceable): readonly NamedLine[] {
  return items ?? [{ product, quantity, amount }];
}
