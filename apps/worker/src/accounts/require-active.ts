import type { MerchantContext } from "../context/merchant-context.ts";
import { ApiError } from "../errors/api-error.ts";
import type { ServerCall } from "../idempotency/server-call.ts";

/**
 * Ensures that the key or the session of a call was not revoked since the call began. Call it synchronously with the
 * write that it protects.
 *
 * @throws ApiError `invalid_key`, `invalid_console_session`.
 */
export function requireActive(
  { secretKeys, consoleSessions }: MerchantContext,
  { keyId, sessionId }: Pick<ServerCall, "keyId" | "sessionId">,
): void {
  if (sessionId !== null && !consoleSessions.has(sessionId)) throw new ApiError("invalid_console_session");
  if (secretKeys.list().every(({ id }) => id !== keyId)) throw new ApiError("invalid_key");
}
