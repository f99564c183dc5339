import { ApiError } from "./api-error.ts";

/** The checkout that has paid an order, or may be paying it. */
interface TakenBy {
  readonly id: string;
  readonly status: string;
}

/**
 * Returns the error for a reference that another checkout has paid, or for which one is processing. If that checkout is
 * `open`, a payment may be under way: Qonto rejected the deactivation of its link.
 */
export function orderAlreadyPaid(reference: string, taken: TakenBy): ApiError {
  return alreadyPaid(`The reference ${reference}`, taken, {
    param: "reference",
    advice: "For an additional payment, use another reference.",
  });
}

/** The same for an invoice that came without a reference. */
export function invoiceAlreadyPaid(invoiceId: string, taken: TakenBy): ApiError {
  return alreadyPaid(`The invoice ${invoiceId}`, taken, {
    param: "invoice_id",
    advice: "For an additional payment, open a checkout for the invoice with a reference of its own.",
  });
}

function alreadyPaid(
  order: string,
  { id, status }: TakenBy,
  { param, advice }: { readonly param: string; readonly advice: string },
): ApiError {
  const state =
    status === "open"
      ? `${order} has a link whose deactivation Qonto rejected, that of the checkout ${id}: a payment may be under way.`
      : `${order} is ${status === "paid" ? "paid" : "being paid"} by the checkout ${id}.`;
  const message = `${state} Read that checkout (GET /v1/checkouts/{id}). ${advice}`;
  return new ApiError("order_already_paid", { param, checkoutId: id, message });
}
