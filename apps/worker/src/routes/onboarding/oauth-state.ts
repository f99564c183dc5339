import { isMerchantName } from "@qonto-pay/core/api";

/**
 * Returns the merchant that the `state` of an authorization names, `{merchant}.{random}`; null for any other `state`.
 */
export function merchantOfState(query: URLSearchParams): string | null {
  const [merchant = "", random = ""] = (query.get("state") ?? "").split(".");
  return isMerchantName(merchant) && /^[A-Za-z0-9_-]{43}$/.test(random) ? merchant : null;
}
