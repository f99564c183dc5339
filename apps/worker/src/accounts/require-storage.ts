import type { MerchantContext } from "../context/merchant-context.ts";
import { ApiError } from "../errors/api-error.ts";
import { RESERVED_FROM_PERCENT } from "../storage/database-size.ts";

/**
 * Ensures that nothing new is begun while only the reserve of the merchant's storage is left.
 *
 * @throws ApiError `storage_full`.
 */
export function requireStorage({ databaseSize }: MerchantContext): void {
  if (databaseSize.usedPercent < RESERVED_FROM_PERCENT) return;
  throw new ApiError("storage_full", { reason: "the merchant's database has reached its reserve" });
}
