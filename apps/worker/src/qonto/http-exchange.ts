import { readRetryAfter } from "@qonto-pay/web/retry-after";
import type { IncomingAnswer, OutgoingRequest, Send } from "./outgoing-request.ts";
import { QontoError } from "./qonto-error.ts";

/**
 * Seconds. Qonto's longest limit counts the calls of 10 minutes (documented). A longer time would stop all merchants of
 * the Worker instance, and postpone the reads of their payments, because of one wrong answer.
 */
const LONGEST_RETRY_AFTER = 600;

/** One HTTP exchange with Qonto. */
export interface Exchange {
  /** Names the call in the message of an error. */
  readonly operation: string;
  readonly request: OutgoingRequest;
  readonly timeoutMs: number;
  readonly send: Send;
}

/**
 * Makes one HTTP exchange with Qonto.
 *
 * @returns any answer below 500 except 429 and redirects.
 * @throws QontoError `unavailable` or `rate_limited`.
 */
export async function exchange({ operation, request, timeoutMs, send }: Exchange): Promise<IncomingAnswer> {
  const answer = await send(request, timeoutMs);
  if (answer === null) {
    throw new QontoError("unavailable", `Qonto gave no complete answer to ${operation}`, { mayHaveHappened: true });
  }
  const { status } = answer;
  if (status === 429) {
    throw new QontoError("rate_limited", `Qonto answered 429 to ${operation}`, { retryAfter: retryAfterOf(answer) });
  }
  if (status >= 300 && status < 400) throw foreignAnswer(request, `Qonto answered ${status} to ${operation}`);
  if (status >= 500) {
    throw new QontoError("unavailable", `Qonto answered ${status} to ${operation}`, { mayHaveHappened: true });
  }
  return answer;
}

/** @returns seconds; undefined if Qonto states none, or no time at all, which would end no pause. */
function retryAfterOf({ retryAfter }: IncomingAnswer): number | undefined {
  const seconds = readRetryAfter(new Headers({ "Retry-After": retryAfter ?? "" }), Date.now()) ?? 0;
  return seconds === 0 ? undefined : Math.min(seconds, LONGEST_RETRY_AFTER);
}

/** Required by the proxy in front of Qonto's sandbox: without it, a login page answers instead of Qonto. */
export const STAGING_TOKEN_HEADER = "X-Qonto-Staging-Token";

/**
 * Returns the error for an answer that Qonto's API did not give: a redirect, or a body that is not JSON. In Qonto's
 * sandbox, it means that the staging token is missing or wrong (documented in its OAuth guide; observed by three
 * integrators, field notes of 2026-11-29, 10.1).
 */
function foreignAnswer({ headers }: OutgoingRequest, message: string): QontoError {
  const hint = STAGING_TOKEN_HEADER in headers ? ": check QONTO_STAGING_TOKEN" : "";
  return new QontoError("unavailable", `${message}${hint}`, { mayHaveHappened: true, isForeign: true });
}

/** Returns the error for an answer whose body is not JSON. */
export function notJson(operation: string, request: OutgoingRequest): QontoError {
  return foreignAnswer(request, `Qonto's answer to ${operation} is not JSON`);
}

/** Returns the error for an answer in JSON of an unknown shape. */
export function unknownShape(operation: string): QontoError {
  const message = `Qonto's answer to ${operation} has another shape`;
  return new QontoError("unavailable", message, { mayHaveHappened: true, isUnknownShape: true });
}
