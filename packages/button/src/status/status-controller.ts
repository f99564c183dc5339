import { type CheckoutStatusReport, isEnded } from "@qonto-pay/core/api";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { QontoPayStatusEvent } from "../events/status-event.ts";
import { observePageLifecycle } from "./page-lifecycle.ts";
import { withStatusHelp } from "../help/load-help.ts";
import { watchStatus } from "./watch-status.ts";

/** The checkout to watch, and its Worker. */
export interface KnownCheckout {
  /** Address of the Worker, without a trailing slash. */
  readonly endpoint: string;
  readonly id: string;
  readonly status_token: string;
}

type StatusProblem = "unknown" | "refused" | "trouble" | "offline";

/** A shopper who waits longer than this looks for a reason. */
const SLOW_AFTER_MS = 3_000;

/** Watches the checkout that an element names while the page is visible. */
export class StatusController implements ReactiveController {
  /** The last received report. */
  report: CheckoutStatusReport | undefined;
  /** Why there is no report, or why `report` may be outdated. */
  problem: StatusProblem | undefined;
  /** Whether the first report takes long. */
  isSlow = false;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #checkoutNow: () => KnownCheckout | undefined;
  #checkout: KnownCheckout | undefined;
  /** The checkout as JSON; null before the first update. */
  #checkoutKey: string | null | undefined = null;
  #stopWatching: (() => void) | undefined;
  #stopObserving: (() => void) | undefined;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;

  /** @param checkoutNow returns the checkout that the element names now, if any. */
  constructor(host: ReactiveControllerHost & HTMLElement, checkoutNow: () => KnownCheckout | undefined) {
    this.#host = host;
    this.#checkoutNow = checkoutNow;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener("offline", this);
    const watch = (): void => this.#watch();
    this.#stopObserving = observePageLifecycle({
      onRestore: watch,
      onVisible: watch,
      onHide: () => this.#stopWatching?.(),
    });
    this.#watch();
  }

  hostDisconnected(): void {
    window.removeEventListener("offline", this);
    clearTimeout(this.#slowTimer);
    this.#stopObserving?.();
    this.#stopWatching?.();
  }

  /** The device has lost its connection. The stream would notice it only later. */
  handleEvent(): void {
    if (this.#checkout !== undefined && !isEnded(this.report?.status ?? "open")) this.#setProblem("offline");
  }

  hostUpdate(): void {
    const checkout = this.#checkoutNow();
    const key = JSON.stringify(checkout) as string | undefined;
    if (key === this.#checkoutKey) return;
    this.#checkoutKey = key;
    this.#checkout = checkout;
    this.isSlow = false;
    this.report = undefined;
    this.problem = checkout === undefined ? "unknown" : undefined;
    this.#watch();
  }

  #watch(): void {
    this.#stopWatching?.();
    const checkout = this.#checkout;
    // An expired or canceled checkout is read again, since a late payment counts.
    if (checkout === undefined || document.hidden || this.report?.status === "paid") return;
    this.#stopWatching = watchStatus(checkout.endpoint, checkout, {
      onReport: (report) => this.#applyReport(report, checkout.status_token),
      onUnknown: () => {
        this.report = undefined;
        this.#setProblem("unknown");
      },
      onRefused: (problem) => {
        withStatusHelp((help) => help.explainStatus(this.#host, problem, checkout));
        this.#setProblem("refused");
      },
      onTrouble: () => this.#setProblem(navigator.onLine ? "trouble" : "offline"),
    });
    clearTimeout(this.#slowTimer);
    this.#slowTimer = setTimeout(() => {
      this.isSlow = true;
      this.#host.requestUpdate();
    }, SLOW_AFTER_MS);
  }

  #applyReport(report: CheckoutStatusReport, token: string): void {
    const hasChanged = report.status !== this.report?.status;
    this.report = report;
    this.problem = undefined;
    this.#host.requestUpdate();
    if (isEnded(report.status)) this.#stopWatching?.();
    if (hasChanged) this.#host.dispatchEvent(new QontoPayStatusEvent(report, token));
  }

  #setProblem(problem: StatusProblem): void {
    this.problem = problem;
    this.#host.requestUpdate();
  }
}
