import type { Checkout } from "../storage/checkouts.ts";
import { ApiError } from "./api-error.ts";

/** Returns the error for a reference that another checkout has paid, or for which one is processing. */
export function orderAlreadyPaid(reference: string, { id, status }: Pick<Checkout, "id" | "status">): ApiError {
  const how = status === "paid" ? "paid" : "being paid";
  const message = `The reference ${reference} is ${how} by the checkout ${id}. Read that checkout (GET /v1/checkouts/{id}). For an additional payment, use another reference.`;
  return new ApiError("order_already_paid", { param: "reference", checkoutId: id, message });
}
