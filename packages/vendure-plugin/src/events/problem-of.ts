import { QontoPayConnectionError, QontoPayError } from "@qonto-pay/client";

/** What went wrong, for the log. */
export function problemOf(error: unknown): string {
  if (error instanceof QontoPayError) return [error.code, error.requestId].filter(Boolean).join(" ");
  if (error instanceof QontoPayConnectionError) return error.reason;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Codes of errors that every event would meet now. Others, such as `qonto_refused`, belong to one checkout. */
const AWAY: readonly string[] = ["overloaded", "qonto_rate_limited", "qonto_unavailable", "unexpected_answer"];

/** Tells whether no other event could be handled now either: the Worker can't be reached or rejects the secret key. */
export function isWorkerAway(error: unknown): boolean {
  if (error instanceof QontoPayConnectionError) return true;
  if (!(error instanceof QontoPayError)) return false;
  return error.status === 401 || error.status === 429 || AWAY.includes(error.code);
}
