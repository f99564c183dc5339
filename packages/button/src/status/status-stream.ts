import type { CheckoutStatusReport } from "@qonto-pay/core/api";
import type { askWorker } from "../api/worker-request.ts";
import type { Problem } from "../api/problem.ts";

/** Longer than a browser takes to come back to a Worker that is there: the Worker asks it to wait for two seconds. */
const CONNECTING_MS = 5_000;
/** Two and a half heartbeats of the Worker, which sends one every 20 seconds. */
const SILENCE_MS = 50_000;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 5 * 60_000;

/** What becomes of watching. */
export interface StatusListener {
  readonly onReport: (report: CheckoutStatusReport) => void;
  /** The Worker does not know the checkout, which ends it. */
  readonly onUnknown: () => void;
  /** The Worker refuses to tell, which ends it. */
  readonly onRefused?: (problem: Problem) => void;
  /** The status can't be read now, and is asked for again. */
  readonly onTrouble?: () => void;
}

/** What the page has loaded already: to import it here would load it a second time. */
export interface Loaded {
  readonly askWorker: typeof askWorker;
  readonly isStatusReport: (answer: unknown) => answer is CheckoutStatusReport;
  readonly parsedJson: (text: string) => unknown;
}

/**
 * Keeps a stream of server-sent events open until the returned function is called or the Worker refuses for good. Where
 * there is none, the Worker is asked how things stand, and again after a pause that grows each time; where one is
 * silent that was heard to live, another one is opened.
 */
export function keepStream(
  address: string,
  { askWorker, isStatusReport, parsedJson }: Loaded,
  { onReport, onUnknown, onRefused, onTrouble }: StatusListener,
): () => void {
  let source: EventSource;
  let isOpen: boolean;
  /** All that is waited for, of which there is one thing at a time: a connection, a heartbeat, the end of a pause. */
  let timer: ReturnType<typeof setTimeout>;
  let pause = FIRST_PAUSE_MS;
  /** The question that is out. What is answered to an earlier one, or after the stream is there, is old. */
  let question: object | undefined;

  const wait = (ms: number, then: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  };

  const open = (): void => {
    const opened = new EventSource(address);
    source = opened;
    isOpen = false;
    wait(CONNECTING_MS, () => void ask());
    opened.addEventListener("open", () => {
      isOpen = true;
      question = undefined;
      clearTimeout(timer);
    });
    opened.addEventListener("message", ({ data }: MessageEvent<string>) => {
      const report = parsedJson(data);
      pause = FIRST_PAUSE_MS;
      if (isStatusReport(report)) onReport(report);
    });
    // An older Worker's can't be heard: only a heart that was heard to beat is missed.
    opened.addEventListener("heartbeat", () => wait(SILENCE_MS, openAnother));
    opened.addEventListener("error", () => {
      // It reconnects by itself, and says so each time, unless the answer was no event stream.
      if (opened.readyState === EventSource.CLOSED) void ask();
      else if (isOpen) wait(CONNECTING_MS, () => void ask());
      isOpen = false;
    });
  };

  const openAnother = (): void => {
    source.close();
    open();
  };

  /** An EventSource tells neither whether it was refused for good or for a while, nor that nobody is there. */
  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    const asked = {};
    question = asked;
    const { value, problem, status } = await askWorker(address, isStatusReport);
    if (question !== asked) return;
    if (value !== undefined) {
      onReport(value);
    } else if (isRefusal(status)) {
      close();
      if (problem.code === "checkout_not_found") onUnknown();
      else onRefused?.(problem);
    } else {
      onTrouble?.();
    }
    // Whoever was told may have had enough.
    if (question !== asked) return;
    wait(pause, () => (source.readyState === EventSource.CLOSED ? open() : void ask()));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  };

  const close = (): void => {
    question = undefined;
    clearTimeout(timer);
    source.close();
  };

  open();
  return close;
}

/** Whether the same question will be refused again, however often it is asked: any 4xx but "not so fast". */
function isRefusal(status = 0): boolean {
  return status >= 400 && status < 500 && status !== 429;
}
