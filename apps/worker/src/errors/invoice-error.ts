import { ApiError } from "./api-error.ts";

/**
 * Adds to the rejection of an invoice's link what the merchant's server can check. Whether Qonto compares an invoice link
 * with the invoice is not documented; a wrong id is known to answer 404 or 422 elsewhere in its API. The error for an invoice
 * that is paid names its field. Other errors are returned as they are.
 *
 * @param param path of the invoice in the request.
 */
export function invoiceError(error: unknown, param: string): unknown {
  if (!(error instanceof ApiError)) return error;
  const { code, detail } = error;
  if (code === "order_already_paid" && detail.param === "invoice_id") {
    return new ApiError(code, { ...detail, param: `${param}.invoice_id` });
  }
  if (code !== "qonto_refused") return error;
  const message =
    "Qonto rejected the payment link of this invoice. Check that invoice_id is the id of a finalized, unpaid invoice of this organization, and that amount matches the invoice.";
  return new ApiError(code, { ...detail, param, message });
}
