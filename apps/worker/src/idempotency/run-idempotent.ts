import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { digestOf } from "../crypto/digest.ts";

/** A call that changes something, authenticated with a secret key or the admin key. */
export interface Mutation {
  readonly idempotencyKey: string;
  /** The request as one canonical text. */
  readonly request: string;
}

/** The answer to a call that changes something. */
export interface Answered<T> {
  readonly answer: T;
  /** Whether the answer is that of an earlier or simultaneous call under the same key. */
  readonly isReplayed: boolean;
}

/** Returns the error for a key that was used with another request. */
export function idempotencyConflict(): ApiError {
  const message = "This Idempotency-Key was used for another request within the last 24 hours. Use a new key.";
  return new ApiError("idempotency_key_reused", { param: "Idempotency-Key", message });
}

/**
 * Runs a call once for its `Idempotency-Key`, regardless of how often it arrives within 24 hours, even at the same time
 * and across crashes. The first successful answer is stored and returned again. A call without an answer runs again
 * under the same attempt id.
 *
 * @param carryOut receives the attempt id: one for each key.
 * @throws ApiError `idempotency_key_reused` if the key was used with another request, and the errors of `carryOut`.
 */
export async function runIdempotent<T>(
  merchant: MerchantContext,
  { idempotencyKey: key, request }: Mutation,
  carryOut: (attemptId: string) => Promise<T>,
): Promise<Answered<T>> {
  const fingerprint = await digestOf(request);
  const now = Date.now();
  const known = merchant.idempotencyKeys.find(key, now);
  if (known !== null && known.fingerprint !== fingerprint) {
    throw idempotencyConflict();
  }
  if (known?.sealedAnswer != null) {
    return { answer: JSON.parse(await merchant.vault.decrypt("answer", known.sealedAnswer)) as T, isReplayed: true };
  }
  const underWay = merchant.inFlightCalls.get(key);
  if (underWay !== undefined) return { answer: (await underWay) as T, isReplayed: true };

  const attemptId = known?.attemptId ?? crypto.randomUUID();
  if (known === null) merchant.idempotencyKeys.begin(key, fingerprint, attemptId, now);
  const call = carryOut(attemptId)
    .then(async (answer) => {
      merchant.idempotencyKeys.recordAnswer(key, await merchant.vault.encrypt("answer", JSON.stringify(answer)));
      return answer;
    })
    .finally(() => merchant.inFlightCalls.delete(key));
  merchant.inFlightCalls.set(key, call);
  return { answer: await call, isReplayed: false };
}
