import type { SeedRequest } from "../seed.schema.ts";
import { QontoFault } from "../qonto/qonto-fault.ts";
import { Failure } from "../failure/failure.ts";
import { failureOfFault } from "../failure/failure-of-fault.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { recordOfKey } from "../merchant/secret-key.ts";
import { readConnection, readConnectionSoon } from "./keep-connection.ts";
import { keepSubscription, subscriptionIsDue } from "./keep-subscription.ts";

/**
 * Makes a connected merchant for local work: catalogue, keys, consent, webhook subscription. Seeding again renews the
 * consent and the catalogue and keeps the checkouts.
 *
 * @throws Failure of what Qonto refused.
 */
export async function seedMerchant(merchant: Merchant, seed: SeedRequest): Promise<void> {
  try {
    const callback = merchant.oauth.readCallback(new URLSearchParams({ code: seed.code, state: "seed" }), "seed");
    if (typeof callback === "string") throw new Failure("invalid_request");
    const asked = { redirectUri: seed.redirect_uri, state: "seed", codeVerifier: "seed" };
    await merchant.accessToken.connect(await merchant.oauth.exchangeCode(callback, asked));
    await readConnection(merchant);
    await readConnectionSoon(merchant);
  } catch (fault) {
    throw fault instanceof QontoFault ? failureOfFault(fault) : fault;
  }
  subscriptionIsDue(merchant);
  await keepSubscription(merchant);
  merchant.settings.write("allowed_origins", seed.allowed_origins);
  merchant.secretKeys.add(await recordOfKey(merchant, seed.secret_key), Date.now());
  for (const product of seed.products) merchant.catalogue.save(product);
}
