import type { MerchantDisconnected } from "@qonto-pay/core/api";
import type { Merchant } from "../merchant/merchant.ts";
import { QontoFault } from "../qonto/qonto-fault.ts";
import { removeSubscriptions } from "./keep-subscription.ts";

/**
 * Ends what the merchant consented to: our webhook subscriptions and the consent at Qonto; tokens, webhook secrets and
 * whatever could connect anew here. Checkouts, products and keys stay. What Qonto does not answer stays at Qonto, where
 * nothing here takes its webhooks any more. May be repeated.
 */
export async function disconnectMerchant(merchant: Merchant, _nothing: null): Promise<MerchantDisconnected> {
  await regardless(() => removeSubscriptions(merchant));
  merchant.connectLinks.removeAll();
  merchant.connectSessions.removeAll();
  merchant.consentRequests.removeAll();
  const tokens = await merchant.accessToken.forget();
  // A consent that is known and lost would be told of as one to give again.
  merchant.settings.remove("consent");
  if (tokens !== null) await regardless(() => merchant.oauth.revoke(tokens.refreshToken));
  for (const name of [
    "webhook_secrets",
    "webhook_subscription",
    "subscription_due",
    "connection",
    "connection_due_at",
    "payment_methods",
  ] as const) {
    merchant.settings.remove(name);
  }
  return { merchant: merchant.name, disconnected: true };
}

async function regardless(call: () => Promise<void>): Promise<void> {
  try {
    await call();
  } catch (fault) {
    if (!(fault instanceof QontoFault)) throw fault;
  }
}
