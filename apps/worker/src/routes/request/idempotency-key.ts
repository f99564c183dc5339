import { ApiError } from "../../errors/api-error.ts";
import type { Answered } from "../../idempotency/run-idempotent.ts";
import type { RouteContext } from "./route-context.ts";

const SHORTEST = 8;
const LONGEST = 255;

/**
 * Returns the `Idempotency-Key` of a request; null if it has none.
 *
 * @throws ApiError `invalid_request` for a key that is not 8 to 255 printable ASCII characters. The message gives the
 * reason.
 */
export function idempotencyKeyOf(request: Request): string | null {
  const key = request.headers.get("Idempotency-Key");
  const problem = key === null ? null : problemOf(key);
  if (problem === null) return key;
  const message = `${problem} Send ${SHORTEST} to ${LONGEST} printable ASCII characters, such as a UUID.`;
  throw new ApiError("invalid_request", { param: "Idempotency-Key", message });
}

function problemOf(key: string): string | null {
  if (key === "") return "The Idempotency-Key is empty.";
  const odd = key.search(/[^\x20-\x7e]/);
  if (odd >= 0) return `Character ${odd + 1} of the Idempotency-Key is not printable ASCII.`;
  if (key.length < SHORTEST) return `The Idempotency-Key has only ${key.length} characters.`;
  return key.length > LONGEST ? `The Idempotency-Key has ${key.length} characters.` : null;
}

/**
 * Returns the answer of a call. If the request has an `Idempotency-Key`, a repeated answer gets the header
 * `Idempotent-Replayed`.
 */
export function answerOfCall<T>(request: Request, { answerHeaders }: RouteContext, answered: Answered<T>): T {
  const { answer, isReplayed } = answered;
  if (isReplayed && request.headers.has("Idempotency-Key")) answerHeaders.set("Idempotent-Replayed", "true");
  return answer;
}
