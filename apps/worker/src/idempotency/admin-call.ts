import type { ServerCall } from "./server-call.ts";

/** What a journey of whoever runs the Worker is told of the call beside its input. */
export type AdminCall = Pick<ServerCall, "attemptId">;

/** How an `Idempotency-Key` of theirs is stored: it is another one than the same of the merchant's own server. */
export function adminIdempotencyKey(key: string): string {
  return `admin:${key}`;
}
