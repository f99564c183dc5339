import type { ConsentProblem } from "@qonto-pay/core/api";
import type { Consent, Settings } from "../storage/settings.ts";

/** A good answer takes less; five tries fit into the 60 seconds for which Qonto keeps a used refresh token. */
export const RENEWAL_OVER_AFTER_MS = 10_000;

/** Of the 90 days that an unused refresh token lives, those after which the merchant is asked to connect again. */
const WARN_AFTER_MS = 75 * 24 * 60 * 60 * 1000;

/** When the merchant has to be warned of a consent that could not be renewed, in milliseconds of the epoch. */
export function warnAt({ refreshedAt }: Consent): number {
  return refreshedAt + WARN_AFTER_MS;
}

/** Why the merchant has to reauthorize, as far as the consent itself says so; null: it does not. */
export function consentProblemOf(consent: Consent, now: number): ConsentProblem | null {
  if (consent.lostAt !== null) return "revoked";
  return now >= warnAt(consent) ? "expiring" : null;
}

/** Why the merchant has to reauthorize; null: they need not, or have never connected. */
export function authorizationProblemOf(settings: Settings, now: number): ConsentProblem | null {
  const consent = settings.read("consent");
  const problem = consent === null ? null : consentProblemOf(consent, now);
  const isRejected = consent !== null && (settings.read("rejected_tokens")?.suspension ?? null) !== null;
  return isRejected && problem !== "revoked" ? "rejected" : problem;
}

/** When Qonto is asked again whether it accepts a merchant's tokens, in milliseconds of the epoch; null: nothing is to be tried. */
export function rejectionRetryAt(settings: Settings): number | null {
  const suspension = settings.read("rejected_tokens")?.suspension ?? null;
  return settings.read("sealed_tokens") === null ? null : (suspension?.retryAt ?? null);
}
