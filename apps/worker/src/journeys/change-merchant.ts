import type { ChangeMerchantRequest, MerchantAnswer } from "@qonto-pay/core/api";
import type { Merchant } from "../merchant/merchant.ts";

/** Replaces the origins whose pages may pay. */
export function changeMerchant(merchant: Merchant, { allowed_origins }: ChangeMerchantRequest): MerchantAnswer {
  merchant.settings.write("allowed_origins", allowed_origins);
  return { merchant: merchant.name, allowed_origins };
}
