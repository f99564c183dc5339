import type { ConsentProblem } from "@qonto-pay/core/api";
import type { Consent, Settings } from "../storage/settings.ts";

/** A successful answer takes less. Five tries fit into the 60 seconds for which Qonto keeps a used refresh token. */
export const RENEWAL_OVER_AFTER_MS = 10_000;

/** The age at which the merchant is warned of an unused refresh token. Qonto expires it after 90 days. */
const WARN_AFTER_MS = 75 * 24 * 60 * 60 * 1000;

/**
 * Returns the time to warn the merchant of a consent that could not be renewed, in milliseconds since the
 * epoch.
 */
export function warnAt({ refreshedAt }: Consent): number {
  return refreshedAt + WARN_AFTER_MS;
}

/** Returns why the merchant must reauthorize, judged by the stored consent alone; null: they need not. */
export function consentProblemOf(consent: Consent, now: number): ConsentProblem | null {
  if (consent.lostAt !== null) return "revoked";
  return now >= warnAt(consent) ? "expiring" : null;
}

/** Returns why the merchant must reauthorize; null: they need not, or have never connected. */
export function authorizationProblemOf(settings: Settings, now: number): ConsentProblem | null {
  const consent = settings.read("consent");
  const problem = consent === null ? null : consentProblemOf(consent, now);
  const isRejected = consent !== null && (settings.read("rejected_tokens")?.suspension ?? null) !== null;
  return isRejected && problem !== "revoked" ? "rejected" : problem;
}

/**
 * Returns the time to test again whether Qonto accepts a merchant's tokens, in milliseconds since the epoch;
 * null: no test is due.
 */
export function rejectionRetryAt(settings: Settings): number | null {
  const suspension = settings.read("rejected_tokens")?.suspension ?? null;
  return settings.read("sealed_tokens") === null ? null : (suspension?.retryAt ?? null);
}
