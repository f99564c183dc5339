import type { CheckoutCreated, CheckoutStatusReport } from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type Attempt, deleteAttempt, getAttempt } from "./attempt-store.ts";
import { QontoPayRedirectEvent } from "../events/redirect-event.ts";
import { QontoPayStartEvent } from "../events/start-event.ts";
import { QontoPayStatusEvent } from "../events/status-event.ts";
import { observePageLifecycle } from "../status/page-lifecycle.ts";
import { type Purchase, isComplete, isOneOrder, purchaseKey } from "./purchase.ts";
import { createOrResumeCheckout } from "./create-or-resume-checkout.ts";
import { isFramed, type Mode, openPayTab } from "./pay-mode.ts";
import { isAllowedPayUrl } from "./pay-url.ts";
import { isLocked, type PaymentState, STATE_OF_CHECKOUT } from "./payment-state.ts";
import type { Problem } from "../api/problem.ts";
import { watchStatus } from "../status/watch-status.ts";

/** The controller's interface to the element. */
export interface PaymentContext {
  /** The purchase that the element states now. */
  readonly purchase: () => Purchase;
  readonly mode: () => Mode;
  /** The text in a new tab until its pay page is known. */
  readonly tabText: () => string;
  /** The amount that the button shows, if any. */
  readonly shownAmount: () => Money | undefined;
  /** Reads that amount again and shows it. Undefined if it can't be read. */
  readonly readPrice: () => Promise<Money | undefined>;
  /** Draws the pay URL as a QR code. Returns false if that fails. */
  readonly drawQrCode: (url: string) => Promise<boolean>;
  readonly onProblem: (problem: Problem) => void;
}

/** If the page is still open after this time, the shopper stopped the navigation or the address led to no page. */
const NAVIGATION_TIMEOUT_MS = 15_000;

/** Handles a button from the click to the pay page, and follows the status of its checkout. */
export class PaymentController implements ReactiveController {
  state: PaymentState = "idle";
  /** Set only in the state `error`. */
  declare problem: Problem | undefined;
  /** Where this page opened the pay page of the state `waiting`. Undefined if an earlier visit opened it. */
  declare shownIn: Exclude<Mode, "redirect"> | undefined;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #context: PaymentContext;
  /** The purchase that `state` belongs to. */
  #purchase: Purchase | undefined;
  /** Its checkout, even after another window has deleted the attempt: this button still shows its status. */
  #checkout: Attempt["checkout"];
  /** The current click. Responses to an earlier click are dropped. */
  #click: object | undefined;
  #navigationTimer: ReturnType<typeof setTimeout> | undefined;
  #stopWatching: (() => void) | undefined;
  #reported = "";
  #stopObserving: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, context: PaymentContext) {
    this.#host = host;
    this.#context = context;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stopObserving = observePageLifecycle({
      onRestore: () => this.#restore(),
      onVisible: () => this.#watch(),
      onHide: () => this.#stopWatching?.(),
    });
    this.#restore();
  }

  hostDisconnected(): void {
    this.#stopObserving?.();
    this.#stop();
  }

  hostUpdate(): void {
    this.#setPurchase(this.#context.purchase());
  }

  /** Handles a click: usually one request, then the pay page. */
  async pay(): Promise<void> {
    if (isLocked(this.state) || !this.#host.dispatchEvent(new QontoPayStartEvent()) || !this.#host.isConnected) return;
    const { purchase: purchaseNow, mode: modeNow, tabText, shownAmount, readPrice } = this.#context;
    const purchase = purchaseNow();
    this.#setPurchase(purchase);
    if (!isComplete(purchase)) return this.#fail({ code: "incomplete" });
    const mode = modeNow();
    const tab = mode === "tab" ? openPayTab(tabText()) : null;
    if (mode === "tab" && tab === null && isFramed()) return this.#fail({ code: "popup_blocked" });
    const click = {};
    this.#click = click;
    this.#show("busy");
    const { value: checkout, problem } = await createOrResumeCheckout(purchase, shownAmount(), readPrice);
    const isStillWanted = this.#click === click;
    if (isStillWanted && problem !== undefined) this.#fail(problem);
    if (isStillWanted && checkout !== undefined && this.#isToBePaid(purchase, checkout)) {
      this.#openPayPage(checkout.url, mode, tab);
    } else {
      tab?.close();
    }
  }

  /** Returns whether the pay page of a checkout is to be opened. If not, shows the reason. */
  #isToBePaid(purchase: Purchase, { id, status, amount, url, status_token }: CheckoutCreated): boolean {
    if (status !== "open") {
      this.#applyReport(purchase, { id, status, amount, reference: purchase.reference }, status_token);
      this.#watch();
    } else if (!isAllowedPayUrl(url, purchase.publishable_key)) {
      this.#fail({ code: "pay_url_not_allowed" });
    } else if (this.#host.dispatchEvent(new QontoPayRedirectEvent(url, id))) {
      return true;
    } else {
      this.#restore();
    }
    return false;
  }

  /** Opens the pay page in the given mode. If no tab could be opened, it replaces this page. */
  #openPayPage(url: string, mode: Mode, tab: Window | null): void {
    if (mode === "qr") return void this.#openQrCode(url);
    if (tab === null) {
      this.#navigationTimer = setTimeout(() => this.#restore(), NAVIGATION_TIMEOUT_MS);
      return location.assign(url);
    }
    // By closing the tab, the shopper decided not to pay now.
    if (tab.closed) return this.#restore();
    tab.location.replace(url);
    this.#wait("tab");
  }

  async #openQrCode(url: string): Promise<void> {
    const click = this.#click;
    const isDrawn = await this.#context.drawQrCode(url);
    if (this.#click !== click) return;
    if (isDrawn) this.#wait("qr");
    else if (isFramed()) this.#fail({ code: "popup_blocked" });
    else this.#openPayPage(url, "redirect", null);
  }

  #wait(shownIn: Exclude<Mode, "redirect">): void {
    this.#click = undefined;
    this.#show("waiting");
    this.shownIn = shownIn;
    this.#watch();
  }

  /** Starts over if the page now states another purchase. */
  #setPurchase(purchase: Purchase): void {
    if (this.#purchase !== undefined && purchaseKey(this.#purchase) === purchaseKey(purchase)) return;
    this.#purchase = purchase;
    this.#checkout = undefined;
    this.#show("idle");
    this.#restore();
  }

  /** Makes the button clickable and watches its checkout, if any. */
  #restore(): void {
    this.#stop();
    this.#watch();
  }

  /** Stops the current click and the watch. A paid purchase stays paid. */
  #stop(): void {
    this.#click = undefined;
    clearTimeout(this.#navigationTimer);
    this.#stopWatching?.();
    if (this.state !== "paid") this.#show("idle");
  }

  /** Watches the checkout while the page is visible: a hidden tab holds no connection to the Worker. */
  #watch(): void {
    const purchase = this.#purchase;
    this.#stopWatching?.();
    if (purchase === undefined || this.state === "paid" || !this.#host.isConnected || document.hidden) return;
    const checkout = (this.#checkout = getAttempt(purchase)?.checkout ?? this.#checkout);
    this.#stopWatching =
      checkout &&
      watchStatus(purchase.endpoint, checkout, {
        onReport: (report) => this.#applyReport(purchase, report, checkout.status_token),
        onUnknown: () => {
          this.#checkout = undefined;
          deleteAttempt(purchase, checkout.id);
          this.#settleOn("idle");
        },
      });
  }

  #applyReport(purchase: Purchase, report: CheckoutStatusReport, token: string): void {
    const { id, status } = report;
    if (status !== "open" && status !== "processing") {
      this.#stopWatching?.();
      this.#checkout = undefined;
      // An order is paid once, possibly by a late payment, and its button must show "Paid" on later visits. A product
      // without a reference can be bought again.
      if (!isOneOrder(purchase)) deleteAttempt(purchase, id);
    }
    this.#settleOn(STATE_OF_CHECKOUT[status]);
    // After a reconnect, the Worker repeats the current status.
    if (this.#reported === id + status) return;
    this.#reported = id + status;
    this.#host.dispatchEvent(new QontoPayStatusEvent(report, token));
  }

  /** Shows the state of the checkout. Only `processing` and `paid` take precedence over a click and its error. */
  #settleOn(state: PaymentState): void {
    if (state === "processing" || state === "paid") this.#click = undefined;
    else if (this.state === "busy" || this.state === "error") return;
    if (this.state !== state) this.#show(state);
  }

  #fail(problem: Problem): void {
    this.#click = undefined;
    this.#show("error", problem);
    this.#context.onProblem(problem);
  }

  #show(state: PaymentState, problem?: Problem): void {
    this.state = state;
    this.problem = problem;
    this.shownIn = undefined;
    this.#host.requestUpdate();
  }
}
