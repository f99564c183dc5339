import { API_ERRORS } from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import { toApiError } from "../errors/to-api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { connectionIsDue, isActivated, recordFound } from "./refresh-connection.ts";

/**
 * Returns the error of a checkout whose merchant can't take payments. Only the merchant's server receives the cause.
 */
export function cannotSell(
  code: "merchant_not_connected" | "no_payment_methods" | "payment_links_not_activated",
  reason: string,
  message: string = API_ERRORS[code].message,
): ApiError {
  return new ApiError("merchant_not_connected", { reason, developer: { code, message } });
}

export const NOT_CONNECTED =
  "The merchant has not finished connecting the payment provider: see the check `connection` of GET /v1/diagnostics.";

/**
 * Returns the error of a checkout that Qonto answered with 404. The organization may have no payment links, which only
 * the list of links shows. The merchant's server waits for that call. A shopper does not: the alarm makes it. The state
 * is stored, so that later checkouts send no request to Qonto.
 */
export async function notFoundError(merchant: MerchantContext, fault: QontoError): Promise<ApiError> {
  try {
    if (merchant.priority === "shopper") return cannotSell("merchant_not_connected", fault.message, NOT_CONNECTED);
    if (await isActivated(merchant)) return toApiError(fault);
    recordFound(merchant, "not_activated");
    return cannotSell("payment_links_not_activated", fault.message);
  } catch (other) {
    if (!(other instanceof QontoError)) throw other;
    return toApiError(fault);
  } finally {
    // No link is created from now on, and both answers may have been a mistake: the alarm reads the connection again.
    connectionIsDue(merchant);
  }
}
