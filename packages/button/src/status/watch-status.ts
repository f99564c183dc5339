import { isStatusReport } from "../api/response-guards.ts";
import { askWorker } from "../api/worker-request.ts";
import { parsedJson } from "../api/untrusted-json.ts";
import type { StatusListener } from "./status-stream.ts";

/** Between two questions where the code that watches can't be loaded. */
const ASKING_MS = 15_000;

/**
 * Follows a checkout as the Worker pushes its status, until the returned function is called or the Worker refuses for
 * good. The caller calls it at a final status.
 */
export function watchStatus(
  endpoint: string,
  { id, status_token }: { readonly id: string; readonly status_token: string },
  listener: StatusListener,
): () => void {
  const address = `${endpoint}/v1/checkouts/${encodeURIComponent(id)}/status?token=${encodeURIComponent(status_token)}`;
  let stopped = false;
  let stop: (() => void) | undefined;

  const begin = async (): Promise<void> => {
    if (stopped) return;
    try {
      // Most visits have no checkout to follow.
      const { keepStream } = await import("./status-stream.ts");
      if (!stopped) stop = keepStream(address, { askWorker, isStatusReport, parsedJson }, listener);
    } catch {
      // Chromium and Firefox don't load anew what failed once: until the page is loaded anew, asking must do.
      const { value } = await askWorker(address, isStatusReport);
      if (stopped) return;
      if (value === undefined) listener.onTrouble?.();
      else listener.onReport(value);
      setTimeout(begin, ASKING_MS);
    }
  };

  void begin();
  return () => {
    stopped = true;
    stop?.();
  };
}
