import { ApiError } from "../errors/api-error.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { digestOf } from "../crypto/digest.ts";

/** A call that changes something, by secret key or by admin key. */
export interface Mutation {
  readonly idempotencyKey: string;
  /** What was asked for, in one canonical text. */
  readonly request: string;
}

/** The answer of a call that changes something. */
export interface Answered<T> {
  readonly answer: T;
  /** Whether it is the answer of an earlier or simultaneous call under the same key. */
  readonly isReplayed: boolean;
}

/** The refusal of a key that came with another request before. */
export function idempotencyConflict(): ApiError {
  const message = "This Idempotency-Key was used for another request within the last 24 hours. Use another one.";
  return new ApiError("idempotency_key_reused", { param: "Idempotency-Key", message });
}

/**
 * Carries a call out once for its `Idempotency-Key`, however often and however close together it comes within 24 hours,
 * also across crashes: the same key gets the first good answer again, and what was not answered is carried out under the
 * same attempt.
 *
 * @param run is given the attempt's id: one for each key.
 * @throws ApiError `idempotency_key_reused` where the key came with another intent, and those of `run`.
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
