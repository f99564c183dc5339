import { API_ERRORS } from "@qonto-pay/core/api";
import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";

/**
 * Accepts only the merchant's own pages.
 *
 * @param origin the `Origin` header. A browser sends it with every POST and every call from another origin.
 * @throws ApiError `origin_not_allowed`.
 */
export function requireAllowedOrigin(merchant: MerchantContext, origin: string | null): void {
  const allowed = merchant.settings.read("allowed_origins") ?? [];
  if (origin !== null && allowed.includes(origin)) return;
  throw new ApiError("origin_not_allowed", isOrigin(origin) ? { message: notAmongThem(origin) } : {});
}

/**
 * Names the origin only to the page that has it. Most mistakes confuse `localhost` and `127.0.0.1`, which are two
 * origins.
 */
function notAmongThem(origin: string): string {
  const { message } = API_ERRORS.origin_not_allowed;
  return `${message.replace(/\.$/, "")}: ${origin} is not among the merchant's allowed origins.`;
}

/** Whether a text has the form of a browser's `Origin`. Other clients can send any text. */
function isOrigin(origin: string | null): origin is string {
  return origin !== null && /^https?:\/\/[\w.:[\]-]{1,250}$/.test(origin);
}
