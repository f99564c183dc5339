import type { CheckoutStatusReport } from "@qonto-pay/core/api";
import { isStatusReport } from "./answers.ts";
import { askWorker } from "./ask-worker.ts";
import { parsedJson } from "./parsed-json.ts";

const REOPEN_AFTER_MS = 15_000;

/**
 * Follows a checkout as the Worker pushes its status, until the returned function is called. The caller calls it at a
 * final status. `onUnknown` says that the Worker does not know the checkout, which ends it.
 */
export function watchStatus(
  endpoint: string,
  { id, status_token }: { readonly id: string; readonly status_token: string },
  onReport: (report: CheckoutStatusReport) => void,
  onUnknown: () => void,
): () => void {
  const address = `${endpoint}/v1/checkouts/${encodeURIComponent(id)}/status?token=${encodeURIComponent(status_token)}`;
  let stopped = false;
  let source: EventSource;
  let timer: ReturnType<typeof setTimeout>;

  const report = (answer: unknown): void => {
    if (!stopped && isStatusReport(answer)) onReport(answer);
  };

  const open = (): void => {
    source = new EventSource(address);
    source.addEventListener("message", ({ data }: MessageEvent<string>) => report(parsedJson(data)));
    source.addEventListener("error", () => {
      // It reconnects by itself, unless the answer was no event stream.
      if (source.readyState === EventSource.CLOSED) void askWhy();
    });
  };

  // An EventSource does not tell "unknown" from "out of order for a while".
  const askWhy = async (): Promise<void> => {
    const { value, problem } = await askWorker(address, isStatusReport);
    if (stopped) return;
    if (problem?.code === "checkout_not_found") return onUnknown();
    timer = setTimeout(open, REOPEN_AFTER_MS);
    report(value);
  };

  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source.close();
  };
}
