import { QontoPayConnectionError } from "../errors/qonto-pay-connection-error.ts";
import type { Settings } from "../settings.ts";
import { errorOfAnswer, unexpectedAnswer } from "./error-of-answer.ts";

export type Method = "DELETE" | "GET" | "PATCH" | "POST" | "PUT";

/** One call, as it is sent as often as needed. */
export interface Request {
  readonly method: Method;
  /** With its query, from `/v1/` on. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON; null for none. */
  readonly body: string | null;
}

/**
 * Sends a request once.
 *
 * @returns the body of a good answer, undefined where it has none.
 * @throws QontoPayError for another answer, QontoPayConnectionError for none.
 */
export async function exchange(request: Request, settings: Settings): Promise<unknown> {
  const { response, text } = await send(request, settings);
  if (!response.ok) throw errorOfAnswer(response, text);
  if (response.status === 204) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw unexpectedAnswer(response);
  }
}

async function send(
  { method, path, headers, body }: Request,
  { origin, fetch, timeoutMs }: Settings,
): Promise<{ readonly response: Response; readonly text: string }> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    // The Worker never redirects: whoever does must not be sent the key again.
    const init = { method, headers, body, signal, redirect: "manual" } as const;
    const response = await fetch(`${origin}${path}`, init);
    return { response, text: await response.text() };
  } catch (error) {
    // What was thrown may hold the request, and with it the key: nothing of it is kept but the system's own code.
    throw signal.aborted
      ? new QontoPayConnectionError("timeout", `${origin} did not answer within ${timeoutMs} ms.`)
      : new QontoPayConnectionError("network", `The connection to ${origin} failed${systemCodeOf(error)}.`);
  }
}

/** " (ECONNREFUSED)", where the runtime tells one. */
function systemCodeOf(error: unknown): string {
  const { cause } = Object(error) as { cause?: unknown };
  const { code } = Object(cause ?? error) as { code?: unknown };
  return typeof code === "string" && /^[A-Z][A-Z_]{2,39}$/.test(code) ? ` (${code})` : "";
}
