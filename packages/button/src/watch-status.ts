import type { CheckoutStatusReport } from "@qonto-pay/core/api";
import { isStatusReport } from "./answers.ts";
import { askWorker } from "./ask-worker.ts";
import { parsedJson } from "./parsed-json.ts";

const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/**
 * Follows a checkout as the Worker pushes its status, until the returned function is called or the Worker refuses for
 * good. The caller calls it at a final status. `onUnknown` says that the Worker does not know the checkout, which ends it.
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
  let pause = FIRST_PAUSE_MS;

  const report = (answer: unknown): void => {
    if (!stopped && isStatusReport(answer)) onReport(answer);
  };

  const open = (): void => {
    source = new EventSource(address);
    source.addEventListener("message", ({ data }: MessageEvent<string>) => {
      pause = FIRST_PAUSE_MS;
      report(parsedJson(data));
    });
    source.addEventListener("error", () => {
      // It reconnects by itself, unless the answer was no event stream.
      if (source.readyState === EventSource.CLOSED) void askWhy();
    });
  };

  // An EventSource does not tell a refusal from "out of order for a while".
  const askWhy = async (): Promise<void> => {
    const { value, problem, status } = await askWorker(address, isStatusReport);
    if (stopped) return;
    if (problem?.code === "checkout_not_found") return onUnknown();
    if (isRefusal(status)) return;
    timer = setTimeout(open, pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    report(value);
  };

  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    source.close();
  };
}

/** Whether the same question will be refused again, however often it is asked: any 4xx but "not so fast". */
function isRefusal(status = 0): boolean {
  return status >= 400 && status < 500 && status !== 429;
}
