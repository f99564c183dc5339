import type { Pagination } from "@qonto-pay/core/qonto";
import type { Call } from "../http/call.ts";
import { badParameter } from "./api-error.ts";

/**
 * Returns the page of `records` that the query selects. `page` and `per_page` start at 1; `per_page` is 100 by default
 * and at most. Source: `PaginationPage` and `PaginationPerPage` of Qonto's contract.
 *
 * @throws ApiError 400 that names the parameter out of range.
 */
export function pageOf<R>(call: Call, records: readonly R[]): { records: R[]; meta: Pagination } {
  const page = wholeNumber(call, "page", 1, Number.MAX_SAFE_INTEGER);
  const perPage = wholeNumber(call, "per_page", 100, 100);
  const totalPages = Math.ceil(records.length / perPage);
  return {
    records: records.slice((page - 1) * perPage, page * perPage),
    meta: {
      current_page: page,
      next_page: page < totalPages ? page + 1 : null,
      prev_page: page > 1 ? page - 1 : null,
      total_pages: totalPages,
      total_count: records.length,
      per_page: perPage,
    },
  };
}

function wholeNumber(call: Call, parameter: string, fallback: number, max: number): number {
  const text = call.query.get(parameter);
  if (text === null) return fallback;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > max) {
    throw badParameter(
      parameter,
      `${parameter} must be a whole number of at least 1${max === 100 ? " and at most 100" : ""}`,
    );
  }
  return value;
}
