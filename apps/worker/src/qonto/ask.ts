import { parseJson } from "./parse-json.ts";
import { QontoFault } from "./qonto-fault.ts";

/** More than any documented answer needs: a page of 100 links with long baskets. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** An answer of Qonto's: its status and its JSON. */
export interface QontoAnswer {
  readonly status: number;
  readonly json: unknown;
}

/**
 * One HTTP exchange with Qonto: bounded in time and size, redirects not followed.
 *
 * @param operation names the call in a fault's message.
 * @returns any answer below 500 other than 429; `json` is undefined where the body is none (then only its status tells).
 * @throws QontoFault `unavailable` or `rate_limited`.
 */
export async function ask(operation: string, request: Request, timeoutMs: number): Promise<QontoAnswer> {
  const abort = new AbortController();
  // Not AbortSignal.timeout: that one runs on after the answer, and keeps the merchant object in memory meanwhile.
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  let response: Response;
  let text: string;
  try {
    response = await fetch(request, { signal: abort.signal, redirect: "manual" });
    text = await readBounded(response);
  } catch {
    throw new QontoFault("unavailable", `Qonto gave no whole answer to ${operation}`, { mayHaveHappened: true });
  } finally {
    clearTimeout(timer);
  }
  if (response.status === 429) {
    throw new QontoFault("rate_limited", `Qonto answered 429 to ${operation}`, { retryAfter: retryAfterOf(response) });
  }
  if (response.status >= 500 || (response.status >= 300 && response.status < 400)) {
    throw new QontoFault("unavailable", `Qonto answered ${response.status} to ${operation}`, { mayHaveHappened: true });
  }
  return { status: response.status, json: parseJson(text) };
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

/** Seconds of `Retry-After`; its date form is rare and is read as absent. */
function retryAfterOf(response: Response): number | undefined {
  const header = response.headers.get("Retry-After");
  return header !== null && /^\d{1,5}$/.test(header) ? Number(header) : undefined;
}
