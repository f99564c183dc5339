import type { CheckoutCreated, CheckoutStatus, CheckoutStatusReport } from "@qonto-pay/core/api";

/** Responses of a Worker, for tests in Node and in browsers. */

const AMOUNT = { value: "13.30", currency: "EUR" };

export function report(id: string, status: CheckoutStatus): CheckoutStatusReport {
  return { id, status, amount: AMOUNT };
}

/** Returns a checkout. In tests, its id is also the name of its product. */
export function checkoutAt(url: string, id: string, status: CheckoutStatus = "open"): CheckoutCreated {
  const expires_at = new Date(Date.now() + 3600_000).toISOString();
  return { id, status, amount: AMOUNT, url, expires_at, status_token: `token of ${id}` };
}

export function price(value = "13.30"): object {
  return { amount: { value, currency: "EUR" } };
}

export function workerError(code: string, message: string, requestId = "req_1"): object {
  return { error: { code, message, request_id: requestId } };
}
