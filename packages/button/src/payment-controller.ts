import type { CheckoutStatusReport } from "@qonto-pay/core/api";
import type { Money } from "@qonto-pay/core/money";
import type { ReactiveController, ReactiveControllerHost } from "lit";
import { forgetAttempt, recallAttempt } from "./attempt-store.ts";
import { QontoPayRedirectEvent } from "./events/redirect-event.ts";
import { QontoPayStartEvent } from "./events/start-event.ts";
import { QontoPayStatusEvent } from "./events/status-event.ts";
import { type Intent, isComplete, nameOfIntent } from "./intent.ts";
import { obtainCheckout } from "./obtain-checkout.ts";
import { isAllowedPayUrl } from "./pay-url.ts";
import type { Problem } from "./problem.ts";
import { watchStatus } from "./watch-status.ts";

export type PaymentState = "idle" | "busy" | "error" | "processing" | "paid";

/** What the controller needs to know of the element, and tells it. */
export interface PaymentContext {
  /** The purchase that the element states at this moment. */
  readonly intent: () => Intent;
  /** The amount that the shopper reads on the button, if any. */
  readonly shownAmount: () => Money | undefined;
  /** Reads that amount anew and shows it. Undefined where it can't be read. */
  readonly readPrice: () => Promise<Money | undefined>;
  readonly onProblem: (problem: Problem) => void;
}

/** A page that is still here after this long was not left: the shopper stopped the navigation, or it was no page. */
const LEAVING_MS = 5000;

/** The journey of one button: from a click to the pay page, and what became of the checkout that it has. */
export class PaymentController implements ReactiveController {
  state: PaymentState = "idle";
  /** Set exactly in the state `error`. */
  problem: Problem | undefined;

  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #context: PaymentContext;
  /** What `state` belongs to. */
  #intent: Intent | undefined;
  /** The click under way. What comes back for another one is dropped. */
  #click: object | undefined;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #unwatch: (() => void) | undefined;
  #reported = "";

  constructor(host: ReactiveControllerHost & HTMLElement, context: PaymentContext) {
    this.#host = host;
    this.#context = context;
    host.addController(this);
  }

  /** Neither a click nor a retry makes sense now. */
  get isLocked(): boolean {
    return this.state !== "idle" && this.state !== "error";
  }

  hostConnected(): void {
    window.addEventListener("pageshow", this.#onPageShow);
    window.addEventListener("pagehide", this.#onPageHide);
    document.addEventListener("visibilitychange", this.#onVisibilityChange);
    this.#restore();
  }

  hostDisconnected(): void {
    window.removeEventListener("pageshow", this.#onPageShow);
    window.removeEventListener("pagehide", this.#onPageHide);
    document.removeEventListener("visibilitychange", this.#onVisibilityChange);
    this.#stop();
  }

  hostUpdate(): void {
    this.#follow(this.#context.intent());
  }

  /** Answers a click: one request where all is well, then the pay page. */
  async pay(): Promise<void> {
    if (this.isLocked || !this.#host.dispatchEvent(new QontoPayStartEvent()) || !this.#host.isConnected) return;
    const intent = this.#context.intent();
    this.#follow(intent);
    if (!isComplete(intent)) return this.#fail({ code: "incomplete" });
    const click = {};
    this.#click = click;
    this.#show("busy");
    const { shownAmount, readPrice } = this.#context;
    const { value: checkout, problem } = await obtainCheckout(intent, shownAmount(), readPrice);
    if (this.#click !== click) return;
    if (problem !== undefined) return this.#fail(problem);

    const { id, status, amount, url } = checkout;
    if (status === "processing" || status === "paid") {
      this.#take(intent, { id, status, amount, reference: intent.reference });
      this.#watch();
    } else if (!isAllowedPayUrl(url, intent.key)) {
      this.#fail({ code: "pay_url_not_allowed" });
    } else if (this.#host.dispatchEvent(new QontoPayRedirectEvent(url, id))) {
      this.#leaving = setTimeout(() => this.#restore(), LEAVING_MS);
      location.assign(url);
    } else {
      this.#restore();
    }
  }

  /** Another purchase than the one so far begins afresh. */
  #follow(intent: Intent): void {
    if (this.#intent !== undefined && nameOfIntent(this.#intent) === nameOfIntent(intent)) return;
    this.#intent = intent;
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

  /** Only where there is a checkout to watch and somebody to see it. */
  #watch(): void {
    const intent = this.#intent;
    this.#unwatch?.();
    if (intent === undefined || !this.#host.isConnected || document.hidden) return;
    const checkout = recallAttempt(intent)?.checkout;
    this.#unwatch =
      checkout &&
      watchStatus(
        intent.endpoint,
        checkout,
        (report) => this.#take(intent, report),
        () => {
          forgetAttempt(intent);
          if (this.state === "processing") this.#show("idle");
        },
      );
  }

  #take(intent: Intent, report: CheckoutStatusReport): void {
    const { id, status } = report;
    if (status !== "open" && status !== "processing") {
      this.#unwatch?.();
      forgetAttempt(intent);
    }
    if (status === "processing" || status === "paid") {
      this.#click = undefined;
      this.#show(status);
    } else if (this.state === "processing") {
      this.#show("idle");
    }
    // A connection that was lost and came back says the same again.
    if (this.#reported === id + status) return;
    this.#reported = id + status;
    this.#host.dispatchEvent(new QontoPayStatusEvent(report));
  }

  #fail(problem: Problem): void {
    this.#click = undefined;
    this.#show("error", problem);
    this.#context.onProblem(problem);
  }

  #show(state: PaymentState, problem?: Problem): void {
    this.state = state;
    this.problem = problem;
    this.#host.requestUpdate();
  }

  readonly #onPageShow = (event: PageTransitionEvent): void => {
    if (event.persisted) this.#restore();
  };

  /** An open connection would keep the page out of the back-forward cache. */
  readonly #onPageHide = (): void => this.#unwatch?.();

  /** Nobody looks: a forgotten tab holds neither one of the browser's few connections nor the Worker. */
  readonly #onVisibilityChange = (): void => this.#watch();
}
