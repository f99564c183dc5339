import type { ApiErrorCode } from "@qonto-pay/core/api";
import { QontoPayConnectionError } from "../errors/qonto-pay-connection-error.ts";
import { QontoPayError } from "../errors/qonto-pay-error.ts";

/** What passes by itself. The Worker's other errors of status 5xx would be the same a moment later. */
const PASSING_CODES: readonly string[] = [
  "overloaded",
  "qonto_rate_limited",
  "qonto_unavailable",
] satisfies readonly ApiErrorCode[];

const FIRST_WAIT_MS = 250;

/** Who has to wait longer than this has to be told, and not to wait here. */
const LONGEST_WAIT_S = 60;

/**
 * How long to wait before a call is made again: twice as long each time, at least as long as `Retry-After` says, and
 * never as long as anybody else waits.
 *
 * @param repeats how often it was repeated already.
 * @returns milliseconds; null where repeating is of no use.
 */
export function waitBeforeRepeating(error: unknown, repeats: number): number | null {
  if (!isPassing(error)) return null;
  const seconds = error instanceof QontoPayError ? (error.retryAfter ?? 0) : 0;
  if (seconds > LONGEST_WAIT_S) return null;
  return seconds * 1000 + FIRST_WAIT_MS * 2 ** repeats * (0.5 + Math.random() / 2);
}

function isPassing(error: unknown): boolean {
  if (error instanceof QontoPayConnectionError) return true;
  if (!(error instanceof QontoPayError)) return false;
  if (error.status === 429 || PASSING_CODES.includes(error.code)) return true;
  // Something between here and the Worker, such as a proxy; or a code that this version does not know.
  return error.status >= 500 && (error.code === "unexpected_answer" || error.retryAfter !== undefined);
}
