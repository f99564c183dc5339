import { consentProblemOf, rejectionRetryAt, RENEWAL_OVER_AFTER_MS, warnAt } from "./authorization-state.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { recordEvent } from "../events/record-event.ts";
import { QontoError } from "../qonto/qonto-error.ts";

/** Qonto accepts a used refresh token for this long. Later tries would be rejected. */
const GRACE_MS = 60_000;

/** The pause between two tries. The refresh token is valid for weeks more. */
const RENEW_AGAIN_AFTER_MS = 6 * 60 * 60 * 1000;

/** The pause after an inconclusive try. */
const CHECK_AGAIN_AFTER_MS = 5 * 60 * 1000;

/** Returns the time at which each part of `renewAuthorization` is due; null: never. */
export function authorizationDueTimes(merchant: MerchantContext): readonly (number | null)[] {
  const { settings } = merchant;
  return [renewalDueAt(merchant), outageDueAt(merchant), settings.read("consent_check_at"), rejectionRetryAt(settings)];
}

function renewalDueAt(merchant: MerchantContext): number | null {
  const begunAt = merchant.settings.read("renewal_begun_at");
  if (begunAt !== null) return merchant.settings.read("renewal_try_at") ?? begunAt + RENEWAL_OVER_AFTER_MS;
  const consent = merchant.settings.read("consent");
  if (consent === null) return null;
  if (consent.lostAt !== null) return consent.warnedAt === null ? consent.lostAt : null;
  return consent.warnedAt === null ? Math.min(consent.renewAt, warnAt(consent)) : consent.renewAt;
}

/**
 * Returns the time to test whether Qonto's OAuth works again for this deployment; null: no outage is known, or
 * no token is stored.
 */
function outageDueAt({ settings }: MerchantContext): number | null {
  return settings.read("sealed_tokens") === null ? null : (settings.read("authorization_outage")?.retryAt ?? null);
}

/**
 * Runs from the alarm. Keeps the merchant's consent valid, and records an event if it can't. Finishes a token refresh
 * that was interrupted because the object died or Qonto's answer was lost. Replaces a refresh token that was unused for
 * a while. Checks a consent that a webhook reported as revoked. Tests whether an outage of OAuth is over, and whether
 * Qonto accepts tokens again that it rejected. Records `authorization.action_required` once. Never throws a
 * `QontoError`.
 */
export async function renewAuthorization(merchant: MerchantContext): Promise<void> {
  await finishRenewal(merchant);
  await renewUnused(merchant);
  await checkRevocation(merchant);
  await probeOutage(merchant);
  await probeRejection(merchant);
  const consent = merchant.settings.read("consent");
  if (consent === null || consent.warnedAt !== null) return;
  const now = Date.now();
  const reason = consentProblemOf(consent, now);
  if (reason === null) return;
  merchant.settings.write("consent", { ...consent, warnedAt: now });
  recordEvent(merchant, "authorization.action_required", { consent: { reason } });
}

async function finishRenewal(merchant: MerchantContext): Promise<void> {
  const begunAt = merchant.settings.read("renewal_begun_at");
  const now = Date.now();
  if (begunAt === null || now < (renewalDueAt(merchant) ?? 0)) return;
  merchant.settings.write("renewal_try_at", now + RENEWAL_OVER_AFTER_MS);
  try {
    await merchant.accessToken.renew({ isUrgent: true });
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    const isHopeless = Date.now() > begunAt + GRACE_MS;
    if (!isHopeless) return;
    merchant.settings.remove("renewal_begun_at");
    merchant.settings.remove("renewal_try_at");
  }
}

async function renewUnused(merchant: MerchantContext): Promise<void> {
  const consent = merchant.settings.read("consent");
  const now = Date.now();
  if (consent === null || consent.lostAt !== null || now < consent.renewAt) return;
  merchant.settings.write("consent", { ...consent, renewAt: now + RENEW_AGAIN_AFTER_MS });
  try {
    await merchant.accessToken.renew();
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
  }
}

/** Schedules a check of the consent by `renewAuthorization`, because a webhook reported that it was revoked. */
export function consentCheckIsDue({ settings }: MerchantContext, at: number): void {
  settings.write("consent_check_at", at);
}

/** A webhook is a hint: only a refresh that Qonto rejects ends the consent here. */
async function checkRevocation({ settings, accessToken }: MerchantContext): Promise<void> {
  const checkAt = settings.read("consent_check_at");
  const now = Date.now();
  if (checkAt === null || now < checkAt) return;
  settings.write("consent_check_at", now + CHECK_AGAIN_AFTER_MS);
  try {
    await accessToken.renew();
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    if (fault.kind !== "not_connected") return;
  }
  settings.remove("consent_check_at");
}

async function probeOutage(merchant: MerchantContext): Promise<void> {
  const dueAt = outageDueAt(merchant);
  if (dueAt === null || Date.now() < dueAt) return;
  try {
    await merchant.accessToken.renew();
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
    postponeProbe(merchant);
  }
}

/** Schedules the next try after an error that is unrelated to the outage. */
function postponeProbe(merchant: MerchantContext): void {
  const outage = merchant.settings.read("authorization_outage");
  const now = Date.now();
  if (outage === null || outage.retryAt > now) return;
  merchant.settings.write("authorization_outage", { ...outage, retryAt: now + CHECK_AGAIN_AFTER_MS });
}

/** The call itself schedules the next try. */
async function probeRejection({ settings, qonto }: MerchantContext): Promise<void> {
  const dueAt = rejectionRetryAt(settings);
  if (dueAt === null || Date.now() < dueAt) return;
  try {
    await qonto.getOrganization();
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
  }
}
