import type { CreateCheckoutRequest, Product } from "@qonto-pay/core/api";
import type { BuiltBasket, RoundingPolicy } from "@qonto-pay/core/money";
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
    const priced = priceOnce(lines, policies);
    if (!("problem" in priced)) return priced;
    const field = priced.problem === "quantity_out_of_range" ? "quantity" : "amount";
    throw new ApiError(priced.problem, { param: pathOf(field, priced.line) });
  };
}

/** The baskets of a product that are cached: quantity 1 has two, by rounding policies. Bounds the memory of an object. */
const MOST_CACHED = 10;

/** The baskets of each cached product, by quantity and rounding policies. A changed product is another object. */
const basketsOf = new WeakMap<Product, Map<string, BuiltBasket>>();

/** Prices lines as `priceLines` does. A basket of one product and quantity is built once. */
function priceOnce(
  lines: readonly RequestedLine[],
  policies: readonly RoundingPolicy[],
): ReturnType<typeof priceLines> {
  const [line, ...others] = lines;
  // A shopper can choose any open amount.
  if (line === undefined || others.length > 0 || line.amount !== undefined) return priceLines(lines, policies);
  const baskets = basketsOf.get(line.product) ?? new Map<string, BuiltBasket>();
  const key = [line.quantity ?? 1, ...policies.map(({ level, mode }) => `${level}/${mode}`)].join();
  const cached = baskets.get(key);
  if (cached !== undefined) return cached;
  const priced = priceLines(lines, policies);
  if ("problem" in priced) return priced;
  if (baskets.size >= MOST_CACHED) baskets.clear();
  basketsOf.set(line.product, baskets.set(key, priced));
  return priced;
}

/** A line of a request before its product is looked up. */
type NamedLine = Omit<RequestedLine, "product"> & { readonly product: string };

/** Returns the same lines for both forms of a request. */
export function namedLinesOf({ product = "", quantity, amount, items }: Priceable): readonly NamedLine[] {
  return items ?? [{ product, quantity, amount }];
}
