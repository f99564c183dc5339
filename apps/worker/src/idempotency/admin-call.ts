import type { ServerCall } from "./server-call.ts";

/** Metadata of an operator's call, in addition to its input. */
export type AdminCall = Pick<ServerCall, "attemptId">;

/**
 * Returns the stored form of an operator's `Idempotency-Key`. It differs from the same key of the merchant's server.
 */
export function adminIdempotencyKey(key: string): string {
  return `admin:${key}`;
}
