import { consentProblemOf, RENEWAL_OVER_AFTER_MS, warnAt } from "../merchant/consent-state.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { recordEvent } from "../merchant/record-event.ts";
import { QontoFault } from "../qonto/qonto-fault.ts";

/** After this a used refresh token is dead, and trying on would only be refused. */
const GRACE_MS = 60_000;

/** There are weeks left. */
const RENEW_AGAIN_AFTER_MS = 6 * 60 * 60 * 1000;

/** When `keepConsent` has something to do; null: it has not. */
export function consentDueAt(merchant: Merchant): number | null {
  const begunAt = merchant.settings.read("renewal_begun_at");
  if (begunAt !== null) return merchant.settings.read("renewal_try_at") ?? begunAt + RENEWAL_OVER_AFTER_MS;
  const consent = merchant.settings.read("consent");
  if (consent === null) return null;
  if (consent.lostAt !== null) return consent.warnedAt === null ? consent.lostAt : null;
  return consent.warnedAt === null ? Math.min(consent.renewAt, warnAt(consent)) : consent.renewAt;
}

/**
 * From the alarm: keeps the merchant's consent alive, and says so when it can't. Finishes a token refresh that was begun
 * and never finished, because the object died in between or Qonto's answer was lost; replaces a refresh token that
 * nobody has used for a while; and records `consent.needs_reconnect` once. Never throws a `QontoFault`.
 */
export async function keepConsent(merchant: Merchant): Promise<void> {
  await finishRenewal(merchant);
  await renewUnused(merchant);
  const consent = merchant.settings.read("consent");
  if (consent === null || consent.warnedAt !== null) return;
  const now = Date.now();
  const reason = consentProblemOf(consent, now);
  if (reason === null) return;
  merchant.settings.write("consent", { ...consent, warnedAt: now });
  recordEvent(merchant, "consent.needs_reconnect", { consent: { reason } });
}

async function finishRenewal(merchant: Merchant): Promise<void> {
  const begunAt = merchant.settings.read("renewal_begun_at");
  if (begunAt === null || Date.now() < (consentDueAt(merchant) ?? 0)) return;
  try {
    await merchant.accessToken.renew();
  } catch (fault) {
    if (!(fault instanceof QontoFault)) throw fault;
    const isHopeless = Date.now() > begunAt + GRACE_MS;
    if (!isHopeless) return;
    merchant.settings.remove("renewal_begun_at");
    merchant.settings.remove("renewal_try_at");
  }
}

async function renewUnused(merchant: Merchant): Promise<void> {
  const consent = merchant.settings.read("consent");
  const now = Date.now();
  if (consent === null || consent.lostAt !== null || now < consent.renewAt) return;
  merchant.settings.write("consent", { ...consent, renewAt: now + RENEW_AGAIN_AFTER_MS });
  try {
    await merchant.accessToken.renew();
  } catch (fault) {
    if (!(fault instanceof QontoFault)) throw fault;
  }
}
