import { readText } from "../http/body-limit.ts";

/** Larger than any documented answer: a page of 100 links with long baskets. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** A request to Qonto as plain data, which can pass from one invocation of the Worker to another. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** An answer that was read completely. */
export interface IncomingAnswer {
  readonly status: number;
  readonly body: string;
  /** The header `Date`. */
  readonly date: string | null;
  /** The header `Retry-After`. */
  readonly retryAfter: string | null;
}

/** Sends a request. @returns null if there was no complete answer within the time. Never throws. */
export type Send = (request: OutgoingRequest, timeoutMs: number) => Promise<IncomingAnswer | null>;

/** Sends a request from this invocation: bounded in time and size, without following redirects. */
export async function sendRequest(request: OutgoingRequest, timeoutMs: number): Promise<IncomingAnswer | null> {
  const { url, method, headers, body } = request;
  const abort = new AbortController();
  // Not `AbortSignal.timeout`, which runs on after the answer and keeps the invocation alive meanwhile.
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  try {
    const response = await fetch(url, { method, headers, body, signal: abort.signal, redirect: "manual" });
    const text = await readText(response, MAX_ANSWER_BYTES);
    if (text === null) return null;
    const { status, headers: answered } = response;
    return { status, body: text, date: answered.get("Date"), retryAfter: answered.get("Retry-After") };
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}
