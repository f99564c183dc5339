import type { MerchantContext } from "../context/merchant-context.ts";
import { reencryptEndpointSecrets } from "../webhooks/webhook-endpoints.ts";

/**
 * From the alarm: seals anew what was sealed with the key before the present one and is not replaced by itself, so that
 * the old key can be thrown away.
 */
export async function rotateVaultKey(merchant: MerchantContext): Promise<void> {
  for (const sealed of merchant.secretKeys.sealedOfferKeys()) {
    if (await merchant.vault.isCurrent(sealed)) continue;
    const resealed = await merchant.vault.encrypt("offer_key", await merchant.vault.decrypt("offer_key", sealed));
    merchant.secretKeys.replaceOfferKey(sealed, resealed);
  }
  await reencryptEndpointSecrets(merchant);
}
