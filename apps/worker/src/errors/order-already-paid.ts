import { ApiError } from "./api-error.ts";
import type { Checkout } from "../storage/checkouts.ts";

/**
 * Returns the error for a reference that another checkout has paid, or for which one is processing. One that is `open` may be
 * being paid: Qonto refused to deactivate its link.
 */
export function orderAlreadyPaid(reference: string, { id, status }: Pick<Checkout, "id" | "status">): ApiError {
  const message = `${stateOf(status, `The reference ${reference}`, `the checkout ${id}`)} Read that checkout (GET /v1/checkouts/{id}). For an additional payment, use another reference.`;
  return new ApiError("order_already_paid", { param: "reference", checkoutId: id, message });
}

function stateOf(status: Checkout["status"], order: string, checkout: string): string {
  if (status !== "open") return `${order} is ${status === "paid" ? "paid" : "being paid"} by ${checkout}.`;
  return `${order} has a link that Qonto refused to deactivate, that of ${checkout}: a payment may be under way.`;
}
