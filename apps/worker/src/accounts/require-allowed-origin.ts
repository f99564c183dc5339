import { API_ERRORS } from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";

/**
 * Lets only the merchant's own pages in.
 *
 * @param origin the `Origin` header. A browser sends it with every POST and every call from another origin.
 * @throws ApiError `origin_not_allowed`.
 */
export function requireAllowedOrigin(merchant: MerchantContext, origin: string | null): void {
  const allowed = merchant.settings.read("allowed_origins") ?? [];
  if (origin !== null && allowed.includes(origin)) return;
  throw new ApiError("origin_not_allowed", isOrigin(origin) ? { message: notAmongThem(origin) } : {});
}

/** Told to nobody but the page that has it. `localhost` and `127.0.0.1` are two, which is how most get here. */
function notAmongThem(origin: string): string {
  const { message } = API_ERRORS.origin_not_allowed;
  return `${message.replace(/\.$/, "")}: ${origin} is not among the merchant's allowed origins.`;
}

/** As browsers send it. Whoever is no browser may send anything. */
function isOrigin(origin: string | null): origin is string {
  return origin !== null && /^https?:\/\/[\w.:[\]-]{1,250}$/.test(origin);
}
