import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import type { StoredSession } from "../storage/console-sessions.ts";
import { endOf, freshUntil, isUseStored } from "./session-lifetime.ts";

/** What a call requires of a session. */
export interface SessionRequirement {
  /** Only an owner may make the call. */
  readonly owner: boolean;
  /** The sign-in must be at most 10 minutes old. */
  readonly fresh: boolean;
}

/**
 * Returns the session of a cookie, and records its use.
 *
 * @param merchant null: the object belongs to no merchant.
 * @throws ApiError `invalid_console_session`, the same for an unknown merchant, a wrong cookie and an expired session.
 */
export function findSession(merchant: MerchantContext | null, sessionHash: string): StoredSession {
  const now = Date.now();
  const session = merchant?.consoleSessions.find(sessionHash) ?? null;
  if (merchant === null || session === null || endOf(session) <= now) throw new ApiError("invalid_console_session");
  if (!isUseStored(session, now)) return session;
  merchant.consoleSessions.recordUse(session.id, now);
  return { ...session, usedAt: now };
}

/**
 * Returns the session of a cookie for a call with these requirements.
 *
 * @throws ApiError `invalid_console_session`, `owner_required`, `fresh_sign_in_required`.
 */
export function authorizeSession(
  merchant: MerchantContext | null,
  sessionHash: string,
  { owner, fresh }: SessionRequirement,
): StoredSession {
  const session = findSession(merchant, sessionHash);
  if (owner && session.role !== "owner") throw new ApiError("owner_required");
  if (fresh && freshUntil(session) <= Date.now()) throw new ApiError("fresh_sign_in_required");
  return session;
}
