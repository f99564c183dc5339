import type { SeedRequest } from "../seed.schema.ts";
import { QontoFault } from "../qonto/qonto-fault.ts";
import { toBase64Url } from "../security/base64url.ts";
import { digestOf } from "../security/digest.ts";
import { randomId } from "../security/random-id.ts";
import { Failure } from "../failure/failure.ts";
import { failureOfFault } from "../failure/failure-of-fault.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { WEBHOOK_EVENT_TYPES } from "@qonto-pay/core/qonto";
import { readConnection, readConnectionSoon } from "./keep-connection.ts";

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
    await merchant.accessToken.connect(() =>
      merchant.oauth.exchangeCode(callback, { redirectUri: seed.redirect_uri, state: "seed", codeVerifier: "seed" }),
    );
    await readConnection(merchant);
    await readConnectionSoon(merchant);
    await subscribe(merchant, seed.webhook_callback_url);
  } catch (fault) {
    throw fault instanceof QontoFault ? failureOfFault(fault) : fault;
  }
  merchant.settings.write("allowed_origins", seed.allowed_origins);
  const [hash, endsWith] = [await digestOf(seed.secret_key), seed.secret_key.slice(-4)];
  merchant.secretKeys.add({ id: randomId("key"), hash, endsWith }, Date.now());
  for (const product of seed.products) merchant.catalogue.save(product);
}

async function subscribe(merchant: Merchant, callbackUrl: string): Promise<void> {
  if (merchant.settings.read("webhook_subscription_id") !== null) return;
  const secret = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  // Stored before Qonto learns it: the first delivery may be here before the answer is.
  const sealed = await merchant.vault.seal("webhook_secret", secret);
  merchant.settings.write("webhook_secrets", [{ sealed, until: null }]);
  const body = { callback_url: callbackUrl, types: WEBHOOK_EVENT_TYPES, secret };
  merchant.settings.write("webhook_subscription_id", (await merchant.qonto.createSubscription(body)).id);
}
