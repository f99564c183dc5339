import type { Page, PageQuery } from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";

/** Returns a page. @param found one item more than the page holds if there is a next page. */
export function pageOf<Item>(found: readonly Item[], limit: number): Page<Item> {
  return { data: found.slice(0, limit), has_more: found.length > limit };
}

/** Returns a page of a list that was read completely. @throws ApiError `invalid_request` for an unknown `after`. */
export function pageOfWhole<Item extends { readonly id: string }>(
  all: readonly Item[],
  { after, limit = 100 }: PageQuery,
  noun: string,
): Page<Item> {
  const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
  if (after !== undefined && start === 0) throw unknownAfter(`There is no ${noun} with this id.`);
  return pageOf(all.slice(start), limit);
}

/** Returns the error of every list for an unknown `after`. */
export function unknownAfter(message: string): ApiError {
  return new ApiError("invalid_request", { param: "after", message });
}
