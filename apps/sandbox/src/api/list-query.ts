import type { Call } from "../http/call.ts";
import { badParameter } from "./api-error.ts";

/**
 * The statuses that a list is narrowed to, or undefined for all of them. Taken as `status[]=a&status[]=b`, as
 * `status=a`, and joined by commas.
 *
 * @throws ApiError 400 when one of them is not in `known`.
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
 * The order that `sort_by` asks for, or undefined when it asks for none.
 *
 * @throws ApiError 400 when it is not in `known`.
 */
export function readSortBy<S extends string>(call: Call, known: readonly S[]): S | undefined {
  const asked = call.query.get("sort_by");
  if (asked === null) return undefined;
  const order = known.find((candidate) => candidate === asked);
  if (order === undefined) throw badParameter("sort_by", `sort_by must be one of: ${known.join(", ")}`);
  return order;
}
