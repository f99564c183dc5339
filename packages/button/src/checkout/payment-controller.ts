import type { CheckoutCreated, CheckoutStatusReport } from "@qonto-pay/core/api";
import type { ReactiveController } from "lit";
import { type Attempt, deleteAttempt, getAttempt } from "./attempt-store.ts";
import { QontoPayRedirectEvent } from "../events/redirect-event.ts";
import { QontoPayStartEvent } from "../events/start-event.ts";
import type { ButtonContext, ButtonHost } from "./button-context.ts";
import { QontoPayStatusEvent } from "../events/status-event.ts";
import { observePageLifecycle, type PageLifecycleObserver } from "../status/page-lifecycle.ts";
import { type Click, expire, orphans } from "./click.ts";
import { claimsOf, isComplete, type Purchase, purchaseKey } from "./purchase.ts";
import { createOrResumeCheckout } from "./create-or-resume-checkout.ts";
import { isFramed, type Mode, openPayTab } from "./pay-mode.ts";
import { isAllowedPayUrl } from "./pay-url.ts";
import { isLocked, type PaymentState } from "./payment-state.ts";
import type { Problem } from "../api/problem.ts";
import { isStatusReport } from "../api/response-guards.ts";
import { parseJson } from "../api/untrusted-json.ts";
import { workerRequest } from "../api/worker-request.ts";

/** The controllers of the buttons in the page. */
const connected = new Set<PaymentController>();

/** After this time, words beside the spinner show that the click was not lost. */
const SLOW_MS = 1500;

/** If the page is still open after this time, the shopper stopped the navigation or the address led to no page. */
const NAVIGATION_TIMEOUT_MS = 15_000;

/** Handles a button from the click to the pay page, and follows the status of its checkout. */
export class PaymentController<Host extends ButtonHost = ButtonHost>
  implements ReactiveController, PageLifecycleObserver
{
  state: PaymentState = "idle";
  /** Set only in the state `error`. */
  declare problem: Problem | undefined;
  /** Whether the shopper may have been on a pay page of the purchase. */
  hasPayPage = false;
  /** Whether the state `busy` lasts long. */
  declare isSlow: boolean | undefined;
  /** The last status of the purchase's checkout. */
  declare report: CheckoutStatusReport | undefined;
  /** Where this page opened, or is about to open, the pay page. Undefined if an earlier visit opened it. */
  declare shownIn: Mode | undefined;

  readonly host: Host;
  /** The checkout of `purchase`, even after another window has deleted the attempt: its status is still shown. */
  checkout: Attempt["checkout"];

  /** The purchase that `state` belongs to. */
  purchase: Purchase | undefined;

  readonly #context: ButtonContext<Host>;
  /** The key of `purchase`. */
  #key = "";
  /** The current click. Responses to an earlier click are dropped. */
  #click: Click | undefined;
  #navigationTimer: ReturnType<typeof setTimeout> | undefined;
  #slowTimer: ReturnType<typeof setTimeout> | undefined;
  #following: AbortController | undefined;
  #stopObserving: (() => void) | undefined;

  constructor(host: Host, context: ButtonContext<Host>) {
    this.host = host;
    this.#context = context;
    host.addController(this);
  }

  hostConnected(): void {
    this.#stopObserving = observePageLifecycle(this);
    connected.add(this);
    // The first update sets the purchase.
    if (this.purchase !== undefined) this.onRestore();
  }

  hostDisconnected(): void {
    connected.delete(this);
    this.#stopObserving?.();
    this.#release();
    this.#stop();
  }

  onVisible(): void {
    this.#follow();
  }

  onHide(): void {
    this.#following?.abort();
  }

  hostUpdate(): void {
    this.#setPurchase(this.#context.purchase(this.host));
  }

  /** Handles a click: usually one request, then the pay page. */
  async pay(): Promise<void> {
    if (isLocked(this.state) || !this.host.dispatchEvent(new QontoPayStartEvent()) || !this.host.isConnected) return;
    const context = this.#context;
    const purchase = context.purchase(this.host);
    this.#setPurchase(purchase);
    this.hasPayPage ||= getAttempt(purchase)?.checkout !== undefined;
    if (!isComplete(purchase)) return this.#fail({ code: "incomplete" });
    const mode = context.mode(this.host);
    const tab = mode === "tab" ? openPayTab(context.tabText(this.host)) : null;
    if (mode === "tab" && tab === null && isFramed()) return this.#fail({ code: "popup_blocked" });
    const click: Click = { key: this.#key, mode, tab, hasPayPage: this.hasPayPage };
    this.#begin(click);
    click.answer = await createOrResumeCheckout(purchase, context.price(this.host));
    const owner = [...connected].find((controller) => controller.#click === click);
    if (owner !== undefined) owner.#continue(click);
    else if (orphans.get(click.key) === click) expire(click);
    else tab?.close();
  }

  #begin(click: Click): void {
    this.show("busy");
    this.#click = click;
    if (click.mode === "redirect") this.shownIn = click.mode;
  }

  /** Continues a click that was answered. */
  #continue(click: Click): void {
    const { value: checkout, problem } = click.answer ?? {};
    if (problem !== undefined) void this.#fail(problem);
    if (checkout !== undefined && (click.isOpen || this.#isToBePaid(checkout))) {
      this.#openPayPage(click, checkout.url);
    } else {
      click.tab?.close();
    }
  }

  /** Returns whether the pay page of a checkout is to be opened. If not, shows the reason. */
  #isToBePaid(checkout: CheckoutCreated): boolean {
    if (checkout.status !== "open") {
      this.#follow(checkout);
    } else if (!isAllowedPayUrl(checkout.url, this.purchase?.publishable_key ?? "")) {
      void this.#fail({ code: "pay_url_not_allowed" });
    } else if (this.host.dispatchEvent(new QontoPayRedirectEvent(checkout.url, checkout.id))) {
      return true;
    } else {
      this.onRestore();
    }
    return false;
  }

  /** Opens the pay page, or shows where it is open. If no tab could be opened, it replaces this page. */
  #openPayPage(click: Click, url: string, mode = click.mode): void {
    const { tab, isOpen } = click;
    click.isOpen = true;
    if (mode === "qr") {
      void this.#openQrCode(click, url);
    } else if (tab === null) {
      this.#navigationTimer = setTimeout(() => this.onRestore(), NAVIGATION_TIMEOUT_MS);
      if (!isOpen) location.assign(url);
    } else if (tab.closed) {
      // By closing the tab, the shopper decided not to pay now.
      this.onRestore();
    } else {
      if (!isOpen) tab.location.replace(url);
      void this.#wait("tab");
    }
  }

  async #openQrCode(click: Click, url: string): Promise<void> {
    const isDrawn = await this.#context.drawQrCode(this.host, url);
    if (this.#click !== click) return;
    click.isOpen = isDrawn;
    if (isDrawn) void this.#wait("qr");
    else if (isFramed()) void this.#fail({ code: "popup_blocked" });
    else this.#openPayPage(click, url, "redirect");
  }

  async #wait(shownIn: Mode): Promise<void> {
    const click = this.#click;
    await this.#context.loadTexts(this.host);
    if (this.#click !== click) return;
    this.show("waiting");
    this.#click = click;
    this.shownIn = shownIn;
    this.#follow();
  }

  /** Starts over if the page now states another purchase. */
  #setPurchase(purchase: Purchase): void {
    const key = purchaseKey(purchase);
    if (this.#key === key) return;
    this.#release();
    this.#key = key;
    this.purchase = purchase;
    this.checkout = undefined;
    this.hasPayPage = false;
    this.state = "idle";
    this.onRestore();
  }

  /** Leaves the click to another button for the same purchase. */
  #release(): void {
    const click = this.#click;
    if (click === undefined) return;
    this.#click = undefined;
    orphans.set(click.key, click);
    expire(click);
    // Waits until a moved button is in the page again: it takes precedence over other buttons for the purchase.
    queueMicrotask(() => {
      for (const controller of connected) controller.#takeOver();
    });
  }

  #takeOver(): void {
    const click = orphans.get(this.#key);
    if (click === undefined || !this.host.isConnected) return;
    orphans.delete(this.#key);
    this.hasPayPage ||= click.hasPayPage;
    this.#begin(click);
    if (click.answer !== undefined) this.#continue(click);
  }

  /** Makes the button clickable, or continues a click, and follows its checkout, if any. */
  onRestore(): void {
    this.#stop();
    this.#takeOver();
    this.#follow();
  }

  /** Stops the current click and the watch. A paid purchase stays paid. */
  #stop(): void {
    clearTimeout(this.#navigationTimer);
    this.#following?.abort();
    if (this.state !== "paid") this.show("idle");
  }

  /**
   * Follows the checkout while the page is visible: a hidden tab holds no connection to the Worker.
   *
   * @param known the answer to a click, if there is nothing to pay.
   */
  #follow(known?: CheckoutCreated): void {
    const purchase = this.purchase;
    this.#following?.abort();
    if (purchase === undefined || !this.host.isConnected) return;
    if (known === undefined && (this.state === "paid" || document.hidden)) return;
    const checkout = (this.checkout = known ?? getAttempt(purchase, this.#key)?.checkout ?? this.checkout);
    if (checkout !== undefined) void this.#followCheckout(purchase, checkout, known);
  }

  async #followCheckout(
    purchase: Purchase,
    checkout: NonNullable<Attempt["checkout"]>,
    known?: CheckoutCreated,
  ): Promise<void> {
    this.hasPayPage = true;
    this.report = known ?? this.report;
    const { signal } = (this.#following = new AbortController());
    const texts = this.#context.loadTexts(this.host);
    // Chromium and Firefox never retry a module that failed to load. A click still shows the current status.
    const module = await import("./follow-checkout.ts").catch(() => undefined);
    await texts;
    if (this.purchase !== purchase) return;
    if (module === undefined) {
      if (known !== undefined) this.show(known.status as PaymentState);
      return;
    }
    module.followCheckout({
      payment: this,
      purchase,
      checkout,
      known,
      signal,
      deleteAttempt,
      claimsOf,
      StatusEvent: QontoPayStatusEvent,
      workerRequest,
      isStatusReport,
      parseJson,
    });
  }

  async #fail(problem: Problem): Promise<void> {
    const click = {
      key: this.#key,
      mode: this.#context.mode(this.host),
      tab: null,
      hasPayPage: this.hasPayPage,
      answer: { problem },
    };
    this.#click = click;
    // A message is announced once, so its words are loaded first. Those of a failed connection are always present.
    if (problem.code !== "network") await this.#context.loadTexts(this.host);
    if (this.#click !== click) return;
    this.show("error", problem);
    this.#context.onProblem(this.host, problem);
  }

  /** Shows a state and ends the current click. */
  show(state: PaymentState, problem?: Problem): void {
    this.#click = undefined;
    this.state = state;
    this.problem = problem;
    this.shownIn = undefined;
    this.isSlow = false;
    clearTimeout(this.#slowTimer);
    if (state === "busy") {
      this.#slowTimer = setTimeout(() => {
        this.isSlow = true;
        this.host.requestUpdate();
      }, SLOW_MS);
    }
    this.host.requestUpdate();
  }
}
