import { parsePublishableKey } from "@qonto-pay/core/api";
import { productIdSchema } from "@qonto-pay/core/api.schema";
import { ApiError } from "../../errors/api-error.ts";
import type { RouteContext } from "../request/route-context.ts";

/** The parts of an address `/pay/{publishable key}/{product}`. */
export interface Sold {
  readonly key: string;
  readonly merchant: string;
  readonly product: string;
}

/** @throws ApiError `not_found` for a malformed key or one of the other environment, `product_not_found`. */
export function sellerOf({ params, config }: Pick<RouteContext, "params" | "config">): Sold {
  const { key = "", product: id } = params;
  const parsed = parsePublishableKey(key);
  if (parsed?.environment !== config.environment) {
    throw new ApiError("not_found", {
      reason: parsed === null ? "not a publishable key" : "key of the other environment",
    });
  }
  const product = productIdSchema.safeParse({ id });
  if (!product.success) throw new ApiError("product_not_found");
  return { key, merchant: parsed.merchant, product: product.data.id };
}
