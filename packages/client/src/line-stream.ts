import type { Settings } from "./client-options.ts";
import { errorOfAnswer, QontoPayConnectionError } from "./errors.ts";

/**
 * Requests a response of many lines, and returns each line as it arrives. A line that was cut off is left out.
 *
 * @param path from `/v1/` on, with the query.
 * @throws QontoPayError for an error response, QontoPayConnectionError if no response arrives, or if nothing more
 *   arrives for as long as a call may take.
 */
export async function* readLines(
  path: string,
  headers: Readonly<Record<string, string>>,
  { origin, fetch, timeoutMs }: Settings,
): AsyncGenerator<string, void, undefined> {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), timeoutMs);
  try {
    const response = await fetch(`${origin}${path}`, { headers, signal: silence.signal, redirect: "manual" });
    if (!response.ok) throw errorOfAnswer(response, await response.text());
    if (response.body === null) return;
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    for (let rest = ""; ; ) {
      const { done, value } = await reader.read();
      clearTimeout(timer);
      if (done) return;
      const lines = (rest + decoder.decode(value, { stream: true })).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
      timer = setTimeout(() => silence.abort(), timeoutMs);
    }
  } catch (error) {
    if (!silence.signal.aborted && !(error instanceof TypeError)) throw error;
    throw silence.signal.aborted
      ? new QontoPayConnectionError("timeout", `${origin} sent nothing for ${timeoutMs} ms.`)
      : new QontoPayConnectionError("network", `The connection to ${origin} failed.`);
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
}
