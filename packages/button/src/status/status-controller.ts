import { type CheckoutStatusReport, isEnded } from "@qonto-pay/core/api";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { QontoPayStatusEvent } from "../events/status-event.ts";
import { followPage } from "./page-lifecycle.ts";
import type { Problem } from "../api/problem.ts";
import { watchStatus } from "./watch-status.ts";

/** Which checkout is asked about, and where. */
export interface KnownCheckout {
  /** Address of the Worker, without a slash at the end. */
  readonly endpoint: string;
  readonly id: string;
  readonly status_token: string;
}

/** Follows the checkout that an element names, while somebody looks at it. */
export class StatusController implements ReactiveController {
  /** As it was last heard. */
  report: CheckoutStatusReport | undefined;
  /** Why there is no report, or none that is new. */
  problem: "unknown" | "refused" | "trouble" | undefined;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #wanted: () => KnownCheckout | undefined;
  #watched: KnownCheckout | undefined;
  #isAuthorWarned = false;
  /** What was wanted the last time, as JSON; null before the first. */
  #name: string | null | undefined = null;
  #unwatch: (() => void) | undefined;
  #unfollow: (() => void) | undefined;

  /** `wanted` is the checkout that the element names at this moment, if any. */
  constructor(host: ReactiveControllerHost & HTMLElement, wanted: () => KnownCheckout | undefined) {
    this.#host = host;
    this.#wanted = wanted;
    host.addController(this);
  }

  hostConnected(): void {
    const watch = (): void => this.#watch();
    this.#unfollow = followPage({ onBack: watch, onSeen: watch, onLeft: () => this.#unwatch?.() });
    this.#watch();
  }

  hostDisconnected(): void {
    this.#unfollow?.();
    this.#unwatch?.();
  }

  hostUpdate(): void {
    const wanted = this.#wanted();
    const name = JSON.stringify(wanted) as string | undefined;
    if (name === this.#name) return;
    this.#name = name;
    this.#watched = wanted;
    this.#isAuthorWarned = false;
    this.report = undefined;
    this.problem = wanted === undefined ? "unknown" : undefined;
    this.#watch();
  }

  #watch(): void {
    this.#unwatch?.();
    const checkout = this.#watched;
    // One that ended unpaid is looked at again: a payment that comes late counts.
    if (checkout === undefined || document.hidden || this.report?.status === "paid") return;
    this.#unwatch = watchStatus(checkout.endpoint, checkout, {
      onReport: (report) => this.#take(report, checkout.status_token),
      onUnknown: () => {
        this.report = undefined;
        this.#say("unknown");
      },
      onRefused: (problem) => {
        this.#warnAuthor(problem, checkout.endpoint);
        this.#say("refused");
      },
      onTrouble: () => this.#say("trouble"),
    });
  }

  #take(report: CheckoutStatusReport, token: string): void {
    const hasChanged = report.status !== this.report?.status;
    this.report = report;
    this.problem = undefined;
    this.#host.requestUpdate();
    if (isEnded(report.status)) this.#unwatch?.();
    if (hasChanged) this.#host.dispatchEvent(new QontoPayStatusEvent(report, token));
  }

  #say(problem: "unknown" | "refused" | "trouble"): void {
    this.problem = problem;
    this.#host.requestUpdate();
  }

  /** A mistake that only the page's author can mend; a shopper can't read of it more than that. */
  #warnAuthor({ code, message }: Problem, endpoint: string): void {
    if (this.#isAuthorWarned) return;
    this.#isAuthorWarned = true;
    console.warn("qonto-pay-status:", code, message ?? endpoint, this.#host);
  }
}
