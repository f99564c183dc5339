import { ApiError } from "./api-error.ts";

/** What a server is told that asks for a checkout by an id of which there is none. Many have only their order's number. */
export function checkoutNotFound(id: string): ApiError {
  if (isIdOfCheckout(id)) return new ApiError("checkout_not_found", { message: "There is no checkout with this id." });
  const message =
    "There is no checkout with this id: ids begin with co_. To find a checkout by your order number, list with ?reference= (GET /v1/checkouts).";
  return new ApiError("checkout_not_found", { message });
}

/** @throws ApiError `payment_link_not_found` for the id of a checkout, of which Qonto knows nothing. */
export function requireIdOfLink(id: string): void {
  if (!isIdOfCheckout(id)) return;
  const message =
    "This is the id of a checkout. What is wanted here is its payment_link.id, see GET /v1/checkouts/{id}.";
  throw new ApiError("payment_link_not_found", { message });
}

function isIdOfCheckout(id: string): boolean {
  return id.startsWith("co_");
}
