import { readRetryAfter } from "@qonto-pay/web/retry-after";
import { QontoError } from "./qonto-error.ts";

/** Larger than any documented answer: a page of 100 links with long baskets. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/**
 * Makes one HTTP exchange with Qonto: bounded in time and size, without following redirects.
 *
 * @param operation names the call in the message of an error.
 * @returns any answer below 500 except 429, read completely.
 * @throws QontoError `unavailable` or `rate_limited`.
 */
export async function exchange(operation: string, request: Request, timeoutMs: number): Promise<Response> {
  const abort = new AbortController();
  // Not `AbortSignal.timeout`, which runs on after the answer and keeps the merchant object in memory meanwhile.
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  let response: Response;
  let body: string;
  try {
    response = await fetch(request, { signal: abort.signal, redirect: "manual" });
    body = await readBounded(response);
  } catch {
    throw new QontoError("unavailable", `Qonto gave no complete answer to ${operation}`, { mayHaveHappened: true });
  } finally {
    clearTimeout(timer);
  }
  const { status, headers } = response;
  if (status === 429) {
    throw new QontoError("rate_limited", `Qonto answered 429 to ${operation}`, {
      retryAfter: readRetryAfter(response.headers, Date.now()),
    });
  }
  if (status >= 300 && status < 400) throw foreignAnswer(request, `Qonto answered ${status} to ${operation}`);
  if (status >= 500) {
    throw new QontoError("unavailable", `Qonto answered ${status} to ${operation}`, { mayHaveHappened: true });
  }
  return new Response(status === 204 ? null : body, { status, headers });
}

/** Required by the proxy in front of Qonto's sandbox: without it, a login page answers instead of Qonto. */
export const STAGING_TOKEN_HEADER = "X-Qonto-Staging-Token";

/**
 * Returns the error for an answer that Qonto's API did not give: a redirect, or a body that is not JSON. In Qonto's
 * sandbox, it means that the staging token is missing or wrong (documented in its OAuth guide; observed by three
 * integrators, field notes of 2026-11-29, 10.1).
 */
function foreignAnswer(request: Request, message: string): QontoError {
  const hint = request.headers.has(STAGING_TOKEN_HEADER) ? ": check QONTO_STAGING_TOKEN" : "";
  return new QontoError("unavailable", `${message}${hint}`, { mayHaveHappened: true, isForeign: true });
}

/** Returns the error for an answer whose body is not JSON. */
export function notJson(operation: string, request: Request): QontoError {
  return foreignAnswer(request, `Qonto's answer to ${operation} is not JSON`);
}

/** Returns the error for an answer in JSON of an unknown shape. */
export function unknownShape(operation: string): QontoError {
  const message = `Qonto's answer to ${operation} has another shape`;
  return new QontoError("unavailable", message, { mayHaveHappened: true, isUnknownShape: true });
}

async function readBounded(response: Response): Promise<string> {
  if (response.body === null) return "";
  const decoder = new TextDecoder();
  let text = "";
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > MAX_ANSWER_BYTES) throw new RangeError("answer too large");
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
