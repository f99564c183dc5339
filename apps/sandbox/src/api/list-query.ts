import type { Call } from "../http/call.ts";
import { badParameter } from "./api-error.ts";

/**
 * Returns the statuses that a list is filtered by; undefined if there is no filter. Reads `status[]=a&status[]=b`,
 * `status=a` and comma-separated values.
 *
 * @throws ApiError 400 if a status is not in `known`.
 */
export function readStatuses<S extends string>(call: Call, known: readonly S[]): ReadonlySet<S> | undefined {
  const asked = [...call.query.getAll("status[]"), ...call.query.getAll("status")].flatMap((value) => value.split(","));
  if (asked.length === 0) return undefined;
  return new Set(
    asked.map((value) => {
      const status = known.find((candidate) => candidate === value);
      if (status === undefined) throw badParameter("status", `status must be one of: ${known.join(", ")}`);
      return status;
    }),
  );
}

/**
 * Returns the order in `sort_by`; undefined if there is none.
 *
 * @throws ApiError 400 if it is not in `known`.
 */
export function readSortBy<S extends string>(call: Call, known: readonly S[]): S | undefined {
  const asked = call.query.get("sort_by");
  if (asked === null) return undefined;
  const order = known.find((candidate) => candidate === asked);
  if (order === undefined) throw badParameter("sort_by", `sort_by must be one of: ${known.join(", ")}`);
  return order;
}
