import { type CheckoutSnapshot, type QontoPay, QontoPayError } from "@qonto-pay/client";

/**
 * Ends a checkout, so that nobody can pay it any more.
 *
 * @returns how it stands then: paid or being paid, where it could not be ended.
 * @throws QontoPayError, QontoPayConnectionError
 */
export async function endCheckout(qontoPay: QontoPay, id: string): Promise<CheckoutSnapshot> {
  try {
    return await qontoPay.checkouts.cancel(id);
  } catch (error) {
    if (!(error instanceof QontoPayError) || error.code !== "checkout_not_open") throw error;
    return qontoPay.checkouts.sync(id);
  }
}
