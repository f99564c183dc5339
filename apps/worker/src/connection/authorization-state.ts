import type { ConsentProblem } from "@qonto-pay/core/api";
import type { Consent } from "../storage/settings.ts";

/** A good answer takes less; five tries fit into the 60 seconds for which Qonto keeps a used refresh token. */
export const RENEWAL_OVER_AFTER_MS = 10_000;

/** Of the 90 days that an unused refresh token lives, those after which the merchant is asked to connect again. */
const WARN_AFTER_MS = 75 * 24 * 60 * 60 * 1000;

/** When the merchant has to be warned of a consent that could not be renewed, in milliseconds of the epoch. */
export function warnAt({ refreshedAt }: Consent): number {
  return refreshedAt + WARN_AFTER_MS;
}

/** Why the merchant has to connect again; null: they need not. */
export function consentProblemOf(consent: Consent, now: number): ConsentProblem | null {
  if (consent.lostAt !== null) return "revoked";
  return now >= warnAt(consent) ? "expiring" : null;
}
