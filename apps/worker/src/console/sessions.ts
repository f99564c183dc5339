import type { ConsoleSession, ConsoleSessionInfo, ConsoleSessionPage, PageQuery } from "@qonto-pay/core/api";
import { pageOfWhole } from "../context/list-page.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { randomId } from "../crypto/random-id.ts";
import { ApiError } from "../errors/api-error.ts";
import type { ServerCall } from "../idempotency/server-call.ts";
import type { StoredSession } from "../storage/console-sessions.ts";
import { findSession } from "./authorize-session.ts";
import { endOf, expiredBy, freshUntil } from "./session-lifetime.ts";

/** A sign-in with a secret key. */
export interface SignIn {
  /** SHA-256 of the key, in hex. */
  readonly keyHash: string;
  /** SHA-256 of the new cookie's value, in hex. */
  readonly sessionHash: string;
  /** The cookie that the browser had before. Its session ends. */
  readonly previousHash: string | null;
}

const INACTIVE_KEY = "This secret key is not active: it is mistyped, or was revoked.";

/**
 * Signs a browser in as an owner. Every sign-in gets a session of its own.
 *
 * @param merchant null: the object belongs to no merchant.
 * @throws ApiError `invalid_key`, the same for an unknown merchant, a wrong key and a revoked one.
 */
export function signIn(
  merchant: MerchantContext | null,
  { keyHash, sessionHash, previousHash }: SignIn,
): ConsoleSession {
  const keyId = merchant?.secretKeys.findByHash(keyHash) ?? null;
  if (merchant === null || keyId === null) throw new ApiError("invalid_key", { message: INACTIVE_KEY });
  const { consoleSessions, secretKeys } = merchant;
  const now = Date.now();
  const keyEndsWith = secretKeys.list().find(({ id }) => id === keyId)?.ends_with ?? "";
  const session: StoredSession = {
    id: randomId("ses"),
    role: "owner",
    keyId,
    keyEndsWith,
    createdAt: now,
    usedAt: now,
  };
  merchant.transaction(() => {
    consoleSessions.prune(expiredBy(now));
    if (previousHash !== null) consoleSessions.removeByHash(previousHash);
    consoleSessions.add(sessionHash, session);
  });
  return describe(merchant, session);
}

/** Returns the session of a cookie. @throws ApiError `invalid_console_session`. */
export function readSession(merchant: MerchantContext | null, sessionHash: string): ConsoleSession {
  const session = findSession(merchant, sessionHash);
  if (merchant === null) throw new ApiError("invalid_console_session");
  return describe(merchant, session);
}

/** Lists the sessions, the latest sign-in first. @throws ApiError `invalid_request` for an unknown `after`. */
export function listConsoleSessions(
  { consoleSessions }: MerchantContext,
  query: PageQuery,
  { sessionId }: Pick<ServerCall, "sessionId">,
): ConsoleSessionPage {
  const now = Date.now();
  const current = consoleSessions.list().filter((session) => endOf(session) > now);
  return pageOfWhole(
    current.map((session) => infoOf(session, sessionId)),
    query,
    "session",
  );
}

/** Ends a session at once. @throws ApiError `console_session_not_found`. */
export function revokeConsoleSession(
  merchant: MerchantContext,
  { id }: { readonly id: string },
  call: Pick<ServerCall, "sessionId">,
): ConsoleSessionPage {
  if (!merchant.consoleSessions.remove(id)) throw new ApiError("console_session_not_found");
  return listConsoleSessions(merchant, {}, call);
}

function infoOf(session: StoredSession, currentId: string | null): ConsoleSessionInfo {
  return {
    id: session.id,
    role: session.role,
    signed_in_with: "secret_key",
    secret_key: { id: session.keyId, ends_with: session.keyEndsWith },
    signed_in_at: new Date(session.createdAt).toISOString(),
    last_used_at: new Date(session.usedAt).toISOString(),
    expires_at: new Date(endOf(session)).toISOString(),
    current: session.id === currentId,
  };
}

function describe({ name, config, settings }: MerchantContext, session: StoredSession): ConsoleSession {
  return {
    merchant: name,
    organization: settings.read("organization")?.name ?? null,
    environment: config.environment,
    ...infoOf(session, session.id),
    fresh: freshUntil(session) > Date.now(),
    fresh_until: new Date(freshUntil(session)).toISOString(),
  };
}
