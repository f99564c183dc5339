import type { ConsoleSession, ConsoleSessionInfo, ConsoleSessionPage, PageQuery } from "@qonto-pay/core/api";
import { pageOfWhole } from "../context/list-page.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { ApiError } from "../errors/api-error.ts";
import type { ServerCall } from "../idempotency/server-call.ts";
import type { StoredSession } from "../storage/console-sessions.ts";
import { findSession } from "./authorize-session.ts";
import { endOf, freshUntil } from "./session-lifetime.ts";

/** Returns the session of a cookie. @throws ApiError `invalid_console_session`. */
export function readSession(merchant: MerchantContext | null, sessionHash: string): ConsoleSession {
  const session = findSession(merchant, sessionHash);
  if (merchant === null) throw new ApiError("invalid_console_session");
  return describeSession(merchant, session);
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
    signed_in_with: session.via,
    name: session.name,
    secret_key: { id: session.keyId, ends_with: session.keyEndsWith },
    signed_in_at: new Date(session.createdAt).toISOString(),
    last_used_at: new Date(session.usedAt).toISOString(),
    expires_at: new Date(endOf(session)).toISOString(),
    current: session.id === currentId,
  };
}

/** Returns a session as its own browser sees it. */
export function describeSession({ name, config, settings }: MerchantContext, session: StoredSession): ConsoleSession {
  return {
    merchant: name,
    organization: settings.read("organization")?.name ?? null,
    environment: config.environment,
    ...infoOf(session, session.id),
    fresh: freshUntil(session) > Date.now(),
    fresh_until: new Date(freshUntil(session)).toISOString(),
  };
}
