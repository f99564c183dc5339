import type { ChangeMerchantRequest, MerchantAnswer } from "@qonto-pay/core/api";
import type { MerchantContext } from "../context/merchant-context.ts";
import { requireUsableOrigins } from "./require-usable-origins.ts";

/**
 * Replaces the origins whose pages may open checkouts. @throws ApiError `invalid_request` of `requireUsableOrigins`.
 */
export function updateMerchant(merchant: MerchantContext, { allowed_origins }: ChangeMerchantRequest): MerchantAnswer {
  requireUsableOrigins(merchant.config, allowed_origins);
  merchant.settings.write("allowed_origins", allowed_origins);
  return { merchant: merchant.name, allowed_origins };
}
