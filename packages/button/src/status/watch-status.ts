import { isStatusReport } from "../api/response-guards.ts";
import { workerRequest } from "../api/worker-request.ts";
import { parseJson } from "../api/untrusted-json.ts";
import { statusAddress } from "./status-address.ts";
import type { StatusListener } from "./status-stream.ts";

/** The interval of polls if the chunk with the stream can't be loaded. */
const POLL_INTERVAL_MS = 15_000;

/**
 * Watches a checkout while the Worker pushes its status, until the returned function is called or the Worker rejects
 * the request permanently. The caller calls the returned function at a final status.
 */
export function watchStatus(
  endpoint: string,
  checkout: { readonly id: string; readonly status_token: string },
  listener: StatusListener,
): () => void {
  const address = statusAddress(endpoint, checkout);
  let stopped = false;
  let stop: (() => void) | undefined;

  const begin = async (): Promise<void> => {
    if (stopped) return;
    try {
      // Loaded on demand: most visits have no checkout to watch.
      const { openStatusStream } = await import("./status-stream.ts");
      if (!stopped) stop = openStatusStream(address, listener, workerRequest, isStatusReport, parseJson);
    } catch {
      // Chromium and Firefox never retry a module that failed to load: poll until the page is reloaded.
      const { value } = await workerRequest(address, isStatusReport);
      if (stopped) return;
      if (value === undefined) listener.onTrouble?.();
      else listener.onReport(value);
      setTimeout(begin, POLL_INTERVAL_MS);
    }
  };

  void begin();
  return () => {
    stopped = true;
    stop?.();
  };
}
