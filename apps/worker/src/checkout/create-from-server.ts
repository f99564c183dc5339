import type { Checkout, CreateServerCheckoutRequest } from "@qonto-pay/core/api";
import { invoiceError } from "../errors/invoice-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { openCheckout } from "./open-checkout.ts";
import { readCheckout } from "./get-checkout.ts";
import type { ServerCall } from "../idempotency/server-call.ts";
import { orderFromServer } from "../pricing/order-from-server.ts";

/**
 * Creates a checkout for a merchant's own server. Qonto's amount is compared with the server's prices, as with those of
 * the catalogue.
 *
 * @throws ApiError as `orderFromServer` and `openCheckout`.
 */
export async function createCheckoutFromServer(
  merchant: MerchantContext,
  request: CreateServerCheckoutRequest,
  { attemptId }: ServerCall,
): Promise<Checkout> {
  const attempt = { id: `server:${attemptId}`, intent: JSON.stringify(request), param: "Idempotency-Key" };
  const how = { openedBy: "server", isReusable: request.reusable ?? false } as const;
  try {
    const { checkout } = await openCheckout(merchant, attempt, () => orderFromServer(merchant, request, how));
    return await readCheckout(merchant, checkout);
  } catch (error) {
    throw request.invoice === undefined ? error : invoiceError(error, "invoice");
  }
}
