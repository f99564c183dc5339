import type { SeedRequest } from "../seed.schema.ts";
import { QontoFault } from "../qonto/qonto-fault.ts";
import { toBase64Url } from "../security/base64url.ts";
import { digestOf } from "../security/digest.ts";
import { failureOfFault } from "../failure/failure-of-fault.ts";
import type { Merchant } from "../merchant/merchant.ts";

/**
 * Makes a connected merchant for local work: catalogue, keys, consent, webhook subscription. Seeding again renews the
 * consent and the catalogue and keeps the checkouts.
 *
 * @throws Failure of what Qonto refused.
 */
export async function seedMerchant(merchant: Merchant, seed: SeedRequest): Promise<void> {
  try {
    await merchant.accessToken.connect(seed.code, seed.redirect_uri);
    merchant.settings.write("payment_methods", await merchant.qonto.listEnabledPaymentMethods());
    await subscribe(merchant, seed.webhook_callback_url);
  } catch (fault) {
    throw fault instanceof QontoFault ? failureOfFault(fault) : fault;
  }
  merchant.settings.write("allowed_origins", seed.allowed_origins);
  merchant.secretKeys.add(await digestOf(seed.secret_key), Date.now());
  for (const product of seed.products) merchant.catalogue.save(product);
}

async function subscribe(merchant: Merchant, callbackUrl: string): Promise<void> {
  const known = merchant.settings.read("webhook_subscription_id");
  if (known !== null && (await merchant.qonto.hasSubscription(known, callbackUrl))) return;
  const secret = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  // Stored before Qonto learns it: the first delivery may be here before the answer is.
  merchant.settings.write("sealed_webhook_secret", await merchant.vault.seal("webhook_secret", secret));
  merchant.settings.write("webhook_subscription_id", await merchant.qonto.subscribeToPaymentLinks(callbackUrl, secret));
}
