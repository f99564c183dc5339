import { QontoPayConnectionError, QontoPayError } from "@qonto-pay/client";

/** What went wrong, for the log. */
export function problemOf(error: unknown): string {
  if (error instanceof QontoPayError) return [error.code, error.requestId].filter(Boolean).join(" ");
  if (error instanceof QontoPayConnectionError) return error.reason;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/**
 * Whether the Worker can't be asked for anything now: it can't be reached, is busy, or does not take the secret key. What
 * else goes wrong is of one event's own.
 */
export function isWorkerAway(error: unknown): boolean {
  if (error instanceof QontoPayConnectionError) return true;
  if (!(error instanceof QontoPayError)) return false;
  const { status, code } = error;
  if (code === "unexpected_answer") return true;
  return status === 401 || status === 429 || (status >= 500 && code !== "internal_error");
}
