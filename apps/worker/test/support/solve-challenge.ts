import type { ApiErrorBody, Challenge } from "@qonto-pay/core/api";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";

/** Returns the challenge of an answer. @throws Error for any other answer. */
export async function challengeOf(response: Response): Promise<Challenge> {
  const { error } = await response.json<Partial<ApiErrorBody>>();
  if (response.status !== 429 || error?.challenge === undefined) {
    throw new Error(`no challenge: ${response.status} ${error?.code}`);
  }
  return error.challenge;
}

/** Returns the fields of a request that solve a challenge. */
export async function solutionOf({
  attempt_id,
  ...challenge
}: Challenge): Promise<{ readonly attempt_id: string; readonly challenge_solution: string }> {
  const solution = await solveChallenge({ challenge, deriveKey });
  if (solution === null) throw new Error("the challenge was not solved in time");
  const { counter, derivedKey } = solution;
  return { attempt_id, challenge_solution: btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } })) };
}
