import type { CheckoutCreated, CheckoutStatusReport } from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type Attempt, forgetAttempt, recallAttempt } from "./attempt-store.ts";
import { QontoPayRedirectEvent } from "../events/redirect-event.ts";
import { QontoPayStartEvent } from "../events/start-event.ts";
import { QontoPayStatusEvent } from "../events/status-event.ts";
import { followPage } from "../status/page-lifecycle.ts";
import { type Intent, isComplete, isOneOrder, nameOfIntent } from "./purchase.ts";
import { obtainCheckout } from "./create-or-resume-checkout.ts";
import { isFramed, type Mode, openPayTab } from "./pay-mode.ts";
import { isAllowedPayUrl } from "./pay-url.ts";
import { isLocked, type PaymentState, STATES } from "./payment-state.ts";
import type { Problem } from "../api/problem.ts";
import { watchStatus } from "../status/watch-status.ts";

/** What the controller needs to know of the element, and tells it. */
export interface PaymentContext {
  /** The purchase that the element states at this moment. */
  readonly intent: () => Intent;
  readonly mode: () => Mode;
  /** What a tab says until its pay page is known. */
  readonly tabText: () => string;
  /** The amount that the shopper reads on the button, if any. */
  readonly shownAmount: () => Money | undefined;
  /** Reads that amount anew and shows it. Undefined where it can't be read. */
  readonly readPrice: () => Promise<Money | undefined>;
  /** Draws the pay page as a code for a phone. False where that can't be done. */
  readonly drawQrCode: (url: string) => Promise<boolean>;
  readonly onProblem: (problem: Problem) => void;
}

/** A page that is still here after this long was not left: the shopper stopped the navigation, or it was no page. */
const LEAVING_MS = 15_000;

/** The journey of one button: from a click to the pay page, and what became of the checkout that it has. */
export class PaymentController implements ReactiveController {
  state: PaymentState = "idle";
  /** Set exactly in the state `error`. */
  declare problem: Problem | undefined;
  /** Where this page has shown the pay page that is waited for; undefined where an earlier visit did. */
  declare shownIn: Exclude<Mode, "redirect"> | undefined;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #context: PaymentContext;
  /** What `state` belongs to. */
  #intent: Intent | undefined;
  /** Its checkout, also once another window has forgotten it: what became of it is to be shown here, too. */
  #checkout: Attempt["checkout"];
  /** The click under way. What comes back for another one is dropped. */
  #click: object | undefined;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #unwatch: (() => void) | undefined;
  #reported = "";
  #unfollow: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, context: PaymentContext) {
    this.#host = host;
    this.#context = context;
    host.addController(this);
  }

  hostConnected(): void {
    this.#unfollow = followPage({
      onBack: () => this.#restore(),
      onSeen: () => this.#watch(),
      onLeft: () => this.#unwatch?.(),
    });
    this.#restore();
  }

  hostDisconnected(): void {
    this.#unfollow?.();
    this.#stop();
  }

  hostUpdate(): void {
    this.#follow(this.#context.intent());
  }

  /** Answers a click: one request where all is well, then the pay page. */
  async pay(): Promise<void> {
    if (isLocked(this.state) || !this.#host.dispatchEvent(new QontoPayStartEvent()) || !this.#host.isConnected) return;
    const { intent: intentNow, mode: modeNow, tabText, shownAmount, readPrice } = this.#context;
    const intent = intentNow();
    this.#follow(intent);
    if (!isComplete(intent)) return this.#fail({ code: "incomplete" });
    const mode = modeNow();
    const tab = mode === "tab" ? openPayTab(tabText()) : null;
    if (mode === "tab" && tab === null && isFramed()) return this.#fail({ code: "popup_blocked" });
    const click = {};
    this.#click = click;
    this.#show("busy");
    const { value: checkout, problem } = await obtainCheckout(intent, shownAmount(), readPrice);
    const isStillWanted = this.#click === click;
    if (isStillWanted && problem !== undefined) this.#fail(problem);
    if (isStillWanted && checkout !== undefined && this.#isToBePaid(intent, checkout)) {
      this.#goTo(checkout.url, mode, tab);
    } else {
      tab?.close();
    }
  }

  /** Whether the shopper may and should go to its pay page. Shows why not. */
  #isToBePaid(intent: Intent, { id, status, amount, url, status_token }: CheckoutCreated): boolean {
    if (status !== "open") {
      this.#take(intent, { id, status, amount, reference: intent.reference }, status_token);
      this.#watch();
    } else if (!isAllowedPayUrl(url, intent.key)) {
      this.#fail({ code: "pay_url_not_allowed" });
    } else if (this.#host.dispatchEvent(new QontoPayRedirectEvent(url, id))) {
      return true;
    } else {
      this.#restore();
    }
    return false;
  }

  /** In place of this page where there is no other place: what was asked for can't always be had. */
  #goTo(url: string, mode: Mode, tab: Window | null): void {
    if (mode === "qr") return void this.#goToQrCode(url);
    if (tab === null) {
      this.#leaving = setTimeout(() => this.#restore(), LEAVING_MS);
      return location.assign(url);
    }
    // Who has closed it has thought better of it.
    if (tab.closed) return this.#restore();
    tab.location.replace(url);
    this.#wait("tab");
  }

  async #goToQrCode(url: string): Promise<void> {
    const click = this.#click;
    const isDrawn = await this.#context.drawQrCode(url);
    if (this.#click !== click) return;
    if (isDrawn) this.#wait("qr");
    else if (isFramed()) this.#fail({ code: "popup_blocked" });
    else this.#goTo(url, "redirect", null);
  }

  #wait(shownIn: Exclude<Mode, "redirect">): void {
    this.#click = undefined;
    this.#show("waiting");
    this.shownIn = shownIn;
    this.#watch();
  }

  /** Another purchase than the one so far begins afresh. */
  #follow(intent: Intent): void {
    if (this.#intent !== undefined && nameOfIntent(this.#intent) === nameOfIntent(intent)) return;
    this.#intent = intent;
    this.#checkout = undefined;
    this.#show("idle");
    this.#restore();
  }

  /** Makes the button live and watches the checkout that it has. */
  #restore(): void {
    this.#stop();
    this.#watch();
  }

  /** Ends what is under way; a purchase that is paid stays so. */
  #stop(): void {
    this.#click = undefined;
    clearTimeout(this.#leaving);
    this.#unwatch?.();
    if (this.state !== "paid") this.#show("idle");
  }

  /**
   * Only where there is a checkout to watch and somebody to see it: a forgotten tab holds neither one of the browser's few
   * connections nor the Worker.
   */
  #watch(): void {
    const intent = this.#intent;
    this.#unwatch?.();
    if (intent === undefined || this.state === "paid" || !this.#host.isConnected || document.hidden) return;
    const checkout = (this.#checkout = recallAttempt(intent)?.checkout ?? this.#checkout);
    this.#unwatch =
      checkout &&
      watchStatus(intent.endpoint, checkout, {
        onReport: (report) => this.#take(intent, report, checkout.status_token),
        onUnknown: () => {
          this.#checkout = undefined;
          forgetAttempt(intent, checkout.id);
          this.#settle("idle");
        },
      });
  }

  #take(intent: Intent, report: CheckoutStatusReport, token: string): void {
    const { id, status } = report;
    if (status !== "open" && status !== "processing") {
      this.#unwatch?.();
      this.#checkout = undefined;
      // An order is paid once, also by a payment that is late: whoever comes back to its button finds it paid. A mug may be
      // bought again.
      if (!isOneOrder(intent)) forgetAttempt(intent, id);
    }
    this.#settle(STATES[status]);
    // A connection that was lost and came back says the same again.
    if (this.#reported === id + status) return;
    this.#reported = id + status;
    this.#host.dispatchEvent(new QontoPayStatusEvent(report, token));
  }

  /** Shows how the checkout stands. Only money that moved takes precedence over a click, and over what it met with. */
  #settle(state: PaymentState): void {
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
