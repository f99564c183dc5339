import { isMerchantName } from "@qonto-pay/core/api";

/** The merchant that the `state` of a consent names, `{merchant}.{random}`; null: it is not of our making. */
export function merchantOfState(query: URLSearchParams): string | null {
  const [merchant = "", random = ""] = (query.get("state") ?? "").split(".");
  return isMerchantName(merchant) && /^[A-Za-z0-9_-]{43}$/.test(random) ? merchant : null;
}
