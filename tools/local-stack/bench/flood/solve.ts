import type { ApiErrorBody, Challenge } from "@qonto-pay/core/api";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";

/** Returns the challenge in an answer of the Worker; undefined if it has none. */
export function challengeIn(text: string): Challenge | undefined {
  return (JSON.parse(text) as Partial<ApiErrorBody>).error?.challenge;
}

/** Returns the solution as the button sends it. */
export async function solve({ parameters, signature }: Challenge): Promise<string> {
  const challenge = { parameters, signature };
  const found = await solveChallenge({ challenge, deriveKey });
  if (found === null) throw new Error("no solution");
  const { counter, derivedKey } = found;
  return btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
}
