import type { CheckoutStatusReport } from "@qonto-pay/core/api";
import { isStatusReport } from "./answers.ts";
import { askWorker } from "./ask-worker.ts";
import { parsedJson } from "./parsed-json.ts";

/** What becomes of watching. */
export interface StatusListener {
  readonly onReport: (report: CheckoutStatusReport) => void;
  /** The Worker does not know the checkout, which ends it. */
  readonly onUnknown: () => void;
  /** The status can't be read now. */
  readonly onTrouble?: () => void;
}

/**
 * Follows a checkout as the Worker pushes its status, until the returned function is called or the Worker refuses for
 * good. The caller calls it at a final status.
 */
export function watchStatus(
  endpoint: string,
  { id, status_token }: { readonly id: string; readonly status_token: string },
  { onReport, onUnknown, onTrouble = () => {} }: StatusListener,
): () => void {
  const address = `${endpoint}/v1/checkouts/${encodeURIComponent(id)}/status?token=${encodeURIComponent(status_token)}`;
  let stopped = false;
  let close: (() => void) | undefined;

  const take = (answer: unknown): void => {
    if (!stopped && isStatusReport(answer)) onReport(answer);
  };

  const onMessage = (data: string): void => take(parsedJson(data));

  // An EventSource does not tell a refusal from "out of order for a while".
  const isWorthAnother = async (): Promise<boolean> => {
    const { value, problem, status } = await askWorker(address, isStatusReport);
    if (!stopped && problem !== undefined) (problem.code === "checkout_not_found" ? onUnknown : onTrouble)();
    take(value);
    return !isRefusal(status);
  };

  // Most visits have no checkout to follow. Where its code can't be loaded, whoever watches again tries again.
  void import("./kept-stream.ts")
    .then(({ keepStream }) => (close = stopped ? close : keepStream(address, onMessage, isWorthAnother)))
    .catch(onTrouble);
  return () => {
    stopped = true;
    close?.();
  };
}

/** Whether the same question will be refused again, however often it is asked: any 4xx but "not so fast". */
function isRefusal(status = 0): boolean {
  return status >= 400 && status < 500 && status !== 429;
}
