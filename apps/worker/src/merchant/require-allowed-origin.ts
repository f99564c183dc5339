import { Failure } from "../failure/failure.ts";
import type { Merchant } from "./merchant.ts";

/**
 * Lets only the merchant's own pages in.
 *
 * @param origin the `Origin` header. A browser sends it with every POST and every call from another origin.
 * @throws Failure `origin_not_allowed`.
 */
export function requireAllowedOrigin(merchant: Merchant, origin: string | null): void {
  const allowed = merchant.settings.read("allowed_origins") ?? [];
  if (origin === null || !allowed.includes(origin)) throw new Failure("origin_not_allowed");
}
