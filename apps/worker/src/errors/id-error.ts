import { ApiError } from "./api-error.ts";

/** Returns the error for an unknown checkout id. The message helps a server that sent its order number as the id. */
export function checkoutNotFound(id: string): ApiError {
  if (isIdOfCheckout(id)) return new ApiError("checkout_not_found", { message: "There is no checkout with this id." });
  const message =
    "There is no checkout with this id: ids begin with co_. To find a checkout by your order number, list with ?reference= (GET /v1/checkouts).";
  return new ApiError("checkout_not_found", { message });
}

/** @throws ApiError `payment_link_not_found` for the id of a checkout, which Qonto does not know. */
export function requireIdOfLink(id: string): void {
  if (!isIdOfCheckout(id)) return;
  const message =
    "This is the id of a checkout. Send the payment_link.id of that checkout instead (GET /v1/checkouts/{id}).";
  throw new ApiError("payment_link_not_found", { message });
}

function isIdOfCheckout(id: string): boolean {
  return id.startsWith("co_");
}
