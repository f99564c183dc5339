import type { Challenge } from "@qonto-pay/core/api";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/web/pbkdf2";

/** The function that sends a request, which this chunk does not contain again. */
type WorkerRequest<T, Answer> = (
  address: string,
  isExpected: (answer: unknown) => answer is T,
  body?: string,
) => Promise<Answer>;

interface Challenged {
  readonly error: { readonly challenge: Challenge };
}

/** A challenge takes a second on most devices. Its solution expires after five minutes. */
const TIMEOUT_MS = 60_000;

/** A flood can require a harder challenge meanwhile, or the shopper's address can change. */
const MAX_SOLUTIONS = 3;

/** The number of solutions for each attempt of this page. */
const solutions = new Map<string, number>();

/**
 * Solves a challenge of the Worker, and sends the request again with the solution. Loaded only during a flood. Each try
 * derives a key, which WebCrypto does beside the main thread, so that the page stays responsive.
 *
 * @param answer the response with the challenge. Not validated.
 * @param workerRequest and its parameters, with which the request was sent.
 * @throws Error if the challenge can't be solved.
 */
export async function solve<T, Answer>(
  answer: unknown,
  workerRequest: WorkerRequest<T, Answer>,
  ...[address, isExpected, body = "{}"]: Parameters<WorkerRequest<T, Answer>>
): Promise<Answer> {
  const { parameters, signature, attempt_id } = (answer as Challenged).error.challenge;
  const count = (solutions.get(attempt_id) ?? 0) + 1;
  solutions.set(attempt_id, count);
  const challenge = { parameters, signature };
  try {
    const solution = count > MAX_SOLUTIONS ? null : await solveChallenge({ challenge, deriveKey, timeout: TIMEOUT_MS });
    if (solution === null) throw new Error("no solution");
    const { counter, derivedKey } = solution;
    const challenge_solution = btoa(JSON.stringify({ challenge, solution: { counter, derivedKey } }));
    const solved = JSON.stringify({ ...(JSON.parse(body) as object), challenge_solution });
    return await workerRequest(address, isExpected, solved);
  } finally {
    solutions.delete(attempt_id);
  }
}
