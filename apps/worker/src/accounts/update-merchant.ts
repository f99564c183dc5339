import type { ChangeMerchantRequest, MerchantAnswer } from "@qonto-pay/core/api";
import type { MerchantContext } from "../context/merchant-context.ts";
import { DEFAULT_RETENTION } from "../storage/settings.ts";
import { requireUsableOrigins } from "./require-usable-origins.ts";

/**
 * Changes the origins whose pages may open checkouts, and how long ended checkouts are kept. Absent fields stay as they
 * are. @throws ApiError `invalid_request` of `requireUsableOrigins`.
 */
export function updateMerchant(merchant: MerchantContext, changes: ChangeMerchantRequest): MerchantAnswer {
  const { settings } = merchant;
  if (changes.allowed_origins !== undefined) {
    requireUsableOrigins(merchant.config, changes.allowed_origins);
    settings.write("allowed_origins", changes.allowed_origins);
  }
  const { unpaidDays, paymentsDays } = settings.read("retention") ?? DEFAULT_RETENTION;
  const { unpaid_days = unpaidDays, payments_days = paymentsDays } = changes.retention ?? {};
  if (changes.retention !== undefined) {
    settings.write("retention", { unpaidDays: unpaid_days, paymentsDays: payments_days });
    // A shorter time takes effect now.
    const expiry = settings.read("expiry");
    if (expiry !== null) settings.write("expiry", { ...expiry, dueAt: Date.now() });
  }
  return {
    merchant: merchant.name,
    allowed_origins: settings.read("allowed_origins") ?? [],
    retention: { unpaid_days, payments_days },
  };
}
