import type {
  FixedPriceProduct,
  Product,
  ProductAnswer,
  ProductPage,
  ProductsQuery,
  UpdateProductRequest,
} from "@qonto-pay/core/api";
import { productBodySchema } from "@qonto-pay/core/api.schema";
import { type BuiltBasket, isAmountWithin } from "@qonto-pay/core/money";
import { detailOfIssues } from "../errors/schema-issue-message.ts";
import { ApiError } from "../errors/api-error.ts";
import { priceLines } from "../pricing/price-lines.ts";
import { NOTHING_KNOWN, policiesToMeet, type LearnedRounding } from "../pricing/learned-rounding.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { pageOf } from "../context/list-page.ts";
import { retireSharedLink } from "../storefront/retire-shared-link.ts";

/**
 * Creates or replaces a product and returns its price on the pay page, before any shopper sees it.
 *
 * @throws ApiError `invalid_request` for a price that can't be paid.
 */
export function saveProduct(merchant: MerchantContext, product: Product): ProductAnswer {
  const answer = answerOf(merchant, product);
  merchant.products.save(product);
  retireSharedLink(merchant, product.id, product);
  return answer;
}

/**
 * Changes the given fields of a product. The result is validated like a whole product.
 *
 * @throws ApiError `product_not_found`, and as `saveProduct`.
 */
export function updateProduct(
  merchant: MerchantContext,
  { id, request }: { readonly id: string; readonly request: UpdateProductRequest },
): ProductAnswer {
  const product = merchant.products.find(id);
  if (product === null) throw new ApiError("product_not_found");
  const { id: _id, ...kept } = keptOf(product, request);
  const changed = Object.entries({ ...kept, ...request }).filter(([, value]) => value != null);
  const parsed = productBodySchema.safeParse(Object.fromEntries(changed));
  if (!parsed.success) {
    throw new ApiError("invalid_request", detailOfIssues({ issues: parsed.error.issues, schema: productBodySchema }));
  }
  return saveProduct(merchant, { ...parsed.data, id });
}

/** A product has a price or an open amount: setting one replaces the other, with its fields. */
function keptOf(product: Product, { price, open_amount }: UpdateProductRequest): Partial<Product> & { id: string } {
  if ("price" in product && open_amount !== undefined) {
    const { price: _price, tax_behavior: _behavior, min_quantity: _min, max_quantity: _max, ...kept } = product;
    return kept;
  }
  if ("open_amount" in product && price !== undefined) {
    const { open_amount: _openAmount, ...kept } = product;
    return kept;
  }
  return product;
}

/** @throws ApiError `product_not_found`. */
export function readProduct(merchant: MerchantContext, { id }: { readonly id: string }): ProductAnswer {
  const product = merchant.products.find(id);
  if (product === null) throw new ApiError("product_not_found");
  return answerOf(merchant, product);
}

/** Lists the catalogue, by id. */
export function listProducts(merchant: MerchantContext, { after = "", limit = 100 }: ProductsQuery): ProductPage {
  return pageOf(merchant.products.list(after, limit + 1), limit);
}

/**
 * Removes a product from the catalogue. Checkouts that were opened for it stay, but its shared link is deactivated.
 *
 * @throws ApiError `product_not_found`.
 */
export function removeProduct(merchant: MerchantContext, { id }: { readonly id: string }): null {
  if (!merchant.products.remove(id)) throw new ApiError("product_not_found");
  retireSharedLink(merchant, id, null);
  return null;
}

function answerOf(merchant: MerchantContext, product: Product): ProductAnswer {
  const known = merchant.settings.read("rounding") ?? NOTHING_KNOWN;
  return { product, preview: previewOf(product, known), rounding_policies: known.policies };
}

/**
 * Returns the price of the smallest quantity. @throws ApiError `invalid_request` for a product that can never be
 * bought.
 */
function previewOf(product: Product, known: LearnedRounding): ProductAnswer["preview"] {
  if ("open_amount" in product) {
    const { min, max } = product.open_amount;
    if (!isAmountWithin(min, min, max))
      throw unbuyable("open_amount", "The smallest amount (min) is above the largest (max).");
    return null;
  }
  if (product.min_quantity > product.max_quantity) {
    throw unbuyable("max_quantity", "The smallest quantity (min_quantity) is above the largest (max_quantity).");
  }
  const basket = basketOf(product, known);
  return {
    amount: basket.shown,
    lines: basket.items,
    needs_more_than_one_line: basket.items.length > 1,
    why: basket.why,
  };
}

function basketOf(product: FixedPriceProduct, known: LearnedRounding): BuiltBasket {
  const basket = priceLines([{ product, quantity: product.min_quantity }], policiesToMeet(known));
  if ("problem" in basket) throw unbuyable("price", "No payment link can have this price. Change the price.");
  return basket;
}

function unbuyable(param: string, message: string): ApiError {
  return new ApiError("invalid_request", { param, message });
}
