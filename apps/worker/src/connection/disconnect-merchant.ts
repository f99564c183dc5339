import type { MerchantDisconnected } from "@qonto-pay/core/api";
import { logConsentLeft } from "../context/log.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { removeSubscriptions } from "./ensure-webhook-subscription.ts";

/**
 * Ends what the merchant consented to: our webhook subscriptions and the consent at Qonto; tokens, webhook secrets and
 * whatever could connect again here. Checkouts, products and keys stay. What Qonto does not answer stays at Qonto, where
 * nothing here accepts its webhooks any more; the answer says so. May be repeated.
 */
export async function disconnectMerchant(merchant: MerchantContext, _nothing: null): Promise<MerchantDisconnected> {
  // What is left of them is not accepted here any more.
  await faultOf(() => removeSubscriptions(merchant));
  merchant.connectLinks.removeAll();
  merchant.connectSessions.removeAll();
  merchant.oauthRequests.removeAll();
  // Before the consent ends at Qonto: one that is known and lost would be an event.
  merchant.settings.remove("consent");
  const isRevoked = await revokeConsent(merchant);
  await merchant.accessToken.forget();
  for (const name of [
    "consent",
    "webhook_secrets",
    "authorization_outage",
    "consent_check_at",
    "subscription_due",
    "connection",
    "connection_due_at",
    "sealed_connection_location",
    "payment_methods",
    "payment_methods_by_amount",
  ] as const) {
    merchant.settings.remove(name);
  }
  if (!isRevoked) logConsentLeft(merchant.name);
  return { merchant: merchant.name, disconnected: true, consent_revoked: isRevoked };
}

/**
 * Ends the consent at Qonto, while its tokens are still stored: by OAuth's revocation, and only where Qonto rejects that by
 * `DELETE /v2/oauth2/consents`, which Qonto's Postman collection documents (field notes of 2026-11-29, 10.8). That call ends
 * every consent of the user to this application, those for other shops included, so a revocation that got no usable answer
 * is repeated instead and then left.
 *
 * @returns whether nothing is left of it at Qonto.
 */
async function revokeConsent(merchant: MerchantContext): Promise<boolean> {
  const refreshToken = await merchant.accessToken.refreshToken();
  if (refreshToken === null) return true;
  const revoke = (): Promise<QontoError | null> => faultOf(() => merchant.oauth.revoke(refreshToken));
  let fault = await revoke();
  if (fault?.kind === "unavailable") fault = await revoke();
  if (fault?.kind === "refused") fault = await faultOf(() => merchant.qonto.revokeConsents());
  // A consent that is gone already is as good.
  return fault === null || fault.kind === "not_connected";
}

/** @returns null where Qonto has done it. */
async function faultOf(call: () => Promise<void>): Promise<QontoError | null> {
  try {
    await call();
    return null;
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    return fault;
  }
}
