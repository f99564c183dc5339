import type { CheckoutStatusReport } from "@qonto-pay/core/api";
import type { workerRequest as sendWorkerRequest } from "../api/worker-request.ts";
import type { Problem } from "../api/problem.ts";

/** Longer than a browser takes to reconnect to a reachable Worker, which sets a retry delay of two seconds. */
const CONNECT_TIMEOUT_MS = 5_000;
/** Two and a half heartbeats of the Worker, which sends one every 20 seconds. */
const HEARTBEAT_TIMEOUT_MS = 50_000;
const FIRST_POLL_DELAY_MS = 15_000;
const MAX_POLL_DELAY_MS = 5 * 60_000;

/** Receives the status of a checkout. */
export interface StatusListener {
  readonly onReport: (report: CheckoutStatusReport) => void;
  /** The Worker does not know the checkout. Ends the stream. */
  readonly onUnknown: () => void;
  /** The Worker rejects the request. Ends the stream. */
  readonly onRefused?: (problem: Problem) => void;
  /** The status can't be read now. Polling continues. */
  readonly onTrouble?: () => void;
}

/**
 * Follows a checkout over server-sent events until the returned function is called or the Worker rejects the request
 * permanently. While no stream can be opened, it polls the status with a growing delay. If a stream that has sent
 * heartbeats falls silent, it opens another one.
 *
 * The functions are parameters because this module is a separate chunk: importing them would load them twice.
 */
export function openStatusStream(
  address: string,
  { onReport, onUnknown, onRefused, onTrouble }: StatusListener,
  workerRequest: typeof sendWorkerRequest,
  isStatusReport: (answer: unknown) => answer is CheckoutStatusReport,
  parseJson: (text: string) => unknown,
): () => void {
  let source: EventSource;
  let isOpen: boolean;
  /** The only timer: for the connection, the heartbeat, or the next poll. */
  let timer: ReturnType<typeof setTimeout>;
  let pollDelay = FIRST_POLL_DELAY_MS;
  /** The poll in flight. An answer to an earlier poll, or one that arrives after the stream has opened, is stale. */
  let currentPoll: object | undefined;

  const wait = (ms: number, then: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  };

  const open = (): void => {
    const opened = new EventSource(address);
    source = opened;
    isOpen = false;
    wait(CONNECT_TIMEOUT_MS, () => void poll());
    opened.addEventListener("open", () => {
      isOpen = true;
      currentPoll = undefined;
      clearTimeout(timer);
    });
    opened.addEventListener("message", ({ data }: MessageEvent<string>) => {
      const report = parseJson(data);
      pollDelay = FIRST_POLL_DELAY_MS;
      if (isStatusReport(report)) onReport(report);
    });
    // An older Worker sends no heartbeat event: the timeout starts at the first one.
    opened.addEventListener("heartbeat", () => wait(HEARTBEAT_TIMEOUT_MS, reopen));
    opened.addEventListener("error", () => {
      // It reconnects automatically and fires `error` each time, unless the response is not an event stream.
      if (opened.readyState === EventSource.CLOSED) void poll();
      else if (isOpen) wait(CONNECT_TIMEOUT_MS, () => void poll());
      isOpen = false;
    });
  };

  const reopen = (): void => {
    source.close();
    open();
  };

  /** An EventSource reports neither whether a rejection is permanent nor that the Worker is unreachable. */
  const poll = async (): Promise<void> => {
    clearTimeout(timer);
    const thisPoll = {};
    currentPoll = thisPoll;
    const { value, problem, status } = await workerRequest(address, isStatusReport);
    if (currentPoll !== thisPoll) return;
    if (value !== undefined) {
      onReport(value);
    } else if (isPermanentRejection(status)) {
      close();
      if (problem.code === "checkout_not_found") onUnknown();
      else onRefused?.(problem);
    } else {
      onTrouble?.();
    }
    // The listener may have closed the stream.
    if (currentPoll !== thisPoll) return;
    wait(pollDelay, () => (source.readyState === EventSource.CLOSED ? open() : void poll()));
    pollDelay = Math.min(pollDelay * 2, MAX_POLL_DELAY_MS);
  };

  const close = (): void => {
    currentPoll = undefined;
    clearTimeout(timer);
    source.close();
  };

  open();
  return close;
}

/** Returns whether the same request will be rejected again: any 4xx except 429. */
function isPermanentRejection(status = 0): boolean {
  return status >= 400 && status < 500 && status !== 429;
}
