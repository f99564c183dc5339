import { isText, parseJson } from "./untrusted-json.ts";
import type { Problem } from "./problem.ts";

/** The origin of this script. */
const OWN_ORIGIN = new URL(import.meta.url).origin;

/** Returns the address of the Worker that an element names, without a trailing slash. */
export function endpointOf({ endpoint }: { readonly endpoint: string | null | undefined }): string {
  return (endpoint || OWN_ORIGIN).replace(/\/+$/, "");
}

/** A valid response of the Worker, or the problem. */
export type WorkerResponse<T> =
  | { readonly value: T; readonly problem?: never; readonly status?: never }
  | {
      readonly value?: never;
      readonly problem: Problem;
      /** HTTP status, if there was a response. */
      readonly status?: number;
    };

/** An error response of the Worker, not validated. */
export type ErrorResponse =
  | {
      readonly error?: {
        readonly code?: unknown;
        readonly message?: unknown;
        readonly request_id?: unknown;
        readonly challenge?: unknown;
      };
    }
  | null
  | undefined;

/** Longer than the Worker waits for Qonto. */
const TIMEOUT_MS = 20_000;

/**
 * Sends one request to the Worker without a CORS preflight: a `GET`, or a `POST` of `body`, JSON that is sent as
 * `text/plain`. If the Worker answers with a challenge, solves it first. Never rejects. `isExpected` checks the shape of
 * a 2xx response.
 */
export async function workerRequest<T>(
  address: string,
  isExpected: (answer: unknown) => answer is T,
  body?: string,
): Promise<WorkerResponse<T>> {
  try {
    const response = await fetch(address, {
      method: body ? "POST" : "GET",
      body: body ?? null,
      cache: "no-store",
      credentials: "omit",
      referrerPolicy: "strict-origin",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = parseJson(await response.text());
    if (response.ok && isExpected(answer)) return { value: answer };
    const { ok, status } = response;
    if ((answer as ErrorResponse)?.error?.challenge) {
      return await (await import("./challenge.ts")).solve(answer, workerRequest, address, isExpected, body);
    }
    return { problem: (!ok && problemIn(answer, status)) || { code: "bad_answer" }, status };
  } catch {
    return { problem: { code: "network" } };
  }
}

/** Returns the problem in an error response of the Worker: `{error: {code, message, request_id}}`. */
function problemIn(answer: unknown, status: number): Problem | undefined {
  const error = (answer as ErrorResponse)?.error;
  if (!isText(error?.code) || !isText(error.message)) return undefined;
  return {
    code: error.code,
    message: error.message,
    requestId: isText(error.request_id) ? error.request_id : undefined,
    status,
  };
}
