import { Failure } from "../errors/api-error.ts";
import type { Merchant } from "../context/merchant-context.ts";
import { digestOf } from "../crypto/digest.ts";

/** A call that changes something, by secret key or by admin key. */
export interface Mutation {
  readonly idempotencyKey: string;
  /** What was asked for, in one canonical text. */
  readonly intent: string;
}

/** The answer of a call that changes something. */
export interface Answered<T> {
  readonly answer: T;
  /** Whether it is the answer of an earlier or simultaneous call under the same key. */
  readonly isReplayed: boolean;
}

/** The refusal of a key that came with another request before. */
export function keyReused(): Failure {
  const message = "This Idempotency-Key was used for another request within the last 24 hours. Use another one.";
  return new Failure("idempotency_key_reused", { param: "Idempotency-Key", message });
}

/**
 * Carries a call out once for its `Idempotency-Key`, however often and however close together it comes within 24 hours,
 * also across crashes: the same key gets the first good answer again, and what was not answered is carried out under the
 * same attempt.
 *
 * @param carryOut is given the attempt's id: one for each key.
 * @throws Failure `idempotency_key_reused` where the key came with another intent, and those of `carryOut`.
 */
export async function once<T>(
  merchant: Merchant,
  { idempotencyKey: key, intent }: Mutation,
  carryOut: (attemptId: string) => Promise<T>,
): Promise<Answered<T>> {
  const fingerprint = await digestOf(intent);
  const now = Date.now();
  const known = merchant.idempotencyKeys.find(key, now);
  if (known !== null && known.fingerprint !== fingerprint) {
    throw keyReused();
  }
  if (known?.sealedAnswer != null) {
    return { answer: JSON.parse(await merchant.vault.open("answer", known.sealedAnswer)) as T, isReplayed: true };
  }
  const underWay = merchant.callsUnderWay.get(key);
  if (underWay !== undefined) return { answer: (await underWay) as T, isReplayed: true };

  const attemptId = known?.attemptId ?? crypto.randomUUID();
  if (known === null) merchant.idempotencyKeys.begin(key, fingerprint, attemptId, now);
  const call = carryOut(attemptId)
    .then(async (answer) => {
      merchant.idempotencyKeys.recordAnswer(key, await merchant.vault.seal("answer", JSON.stringify(answer)));
      return answer;
    })
    .finally(() => merchant.callsUnderWay.delete(key));
  merchant.callsUnderWay.set(key, call);
  return { answer: await call, isReplayed: false };
}
