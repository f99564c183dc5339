import type { MerchantDisconnected } from "@qonto-pay/core/api";
import { logConsentLeft } from "../context/log.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { removeSubscriptions } from "./ensure-webhook-subscription.ts";

/**
 * Disconnects the merchant. At Qonto, removes the webhook subscriptions and the consent. In the Worker, deletes the
 * tokens, the webhook secrets, and every link and session that could connect again. Checkouts, products and keys stay.
 * If Qonto does not answer, subscriptions and consent may remain there: the Worker rejects their webhooks, and
 * `consent_revoked` shows whether the consent was revoked. Idempotent.
 */
export async function disconnectMerchant(merchant: MerchantContext, _nothing: null): Promise<MerchantDisconnected> {
  // The Worker rejects webhooks of subscriptions that could not be removed.
  await faultOf(() => removeSubscriptions(merchant));
  merchant.connectLinks.removeAll();
  merchant.connectSessions.removeAll();
  merchant.oauthRequests.removeAll();
  // Before the consent ends at Qonto: losing a stored consent would record an event.
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
 * Revokes the consent at Qonto, while its tokens are still stored. Uses OAuth's revocation. Only if Qonto rejects that,
 * uses `DELETE /v2/oauth2/consents`, which Qonto's Postman collection documents (field notes of 2026-11-29, 10.8). That
 * call ends every consent of the user to this application, including those for other shops. So a revocation without a
 * usable answer is repeated once instead.
 *
 * @returns whether the consent no longer exists at Qonto.
 */
async function revokeConsent(merchant: MerchantContext): Promise<boolean> {
  const refreshToken = await merchant.accessToken.refreshToken();
  if (refreshToken === null) return true;
  const revoke = (): Promise<QontoError | null> => faultOf(() => merchant.oauth.revoke(refreshToken));
  let fault = await revoke();
  if (fault?.kind === "unavailable") fault = await revoke();
  if (fault?.kind === "refused") fault = await faultOf(() => merchant.qonto.revokeConsents());
  // A consent that no longer exists needs no revocation.
  return fault === null || fault.kind === "not_connected";
}

/** @returns null if the call succeeded. */
async function faultOf(call: () => Promise<void>): Promise<QontoError | null> {
  try {
    await call();
    return null;
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    return fault;
  }
}
