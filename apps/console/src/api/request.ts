import { type ApiErrorBody, CONSOLE_HEADER } from "@qonto-pay/core/api";
import { RequestError } from "./request-error.ts";

type Method = "DELETE" | "GET" | "PATCH" | "POST" | "PUT";

/** The Worker answers diagnostics within 9 seconds, and everything else sooner. */
const TIMEOUT_MS = 20_000;

/** Resolves when the user has signed in again. */
let signInAgain: (reason: "ended" | "not_fresh") => Promise<void> = async () => {};

/** Sets what happens if the session has ended, or if a call needs a recent sign-in. The call waits, and is repeated. */
export function setSignInAgain(handler: typeof signInAgain): void {
  signInAgain = handler;
}

/**
 * Calls the Worker's API with the session of this browser. The cookie is sent by the browser; no page can read it.
 *
 * @param path after `/v1/`, with its query.
 * @throws RequestError
 */
export async function request<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  for (;;) {
    try {
      return await requestOnce<Answer>(method, path, body);
    } catch (error) {
      const code = error instanceof RequestError ? error.code : null;
      if (code === "invalid_console_session") await signInAgain("ended");
      else if (code === "fresh_sign_in_required") await signInAgain("not_fresh");
      else throw error;
    }
  }
}

/** The same call, without a sign-in if the session has ended. */
export async function requestOnce<Answer>(method: Method, path: string, body?: unknown): Promise<Answer> {
  const { response, text } = await exchange(method, path, body);
  const content = parse(text);
  if (response.ok && content !== undefined) return content as Answer;
  if (response.status === 204) return undefined as Answer;
  const { error } = Object(content) as Partial<ApiErrorBody>;
  if (error === undefined) throw new RequestError("unexpected_answer", `The Worker answered ${response.status}.`);
  throw new RequestError(error.code, error.message, error.request_id);
}

async function exchange(method: Method, path: string, body: unknown) {
  try {
    const response = await fetch(`/v1/${path}`, {
      method,
      headers: { [CONSOLE_HEADER]: "1", ...(body !== undefined && { "Content-Type": "application/json" }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      credentials: "same-origin",
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return { response, text: await response.text() };
  } catch {
    throw new RequestError("network", "The Worker did not answer.");
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
