import { type CheckoutCreated, type CheckoutStatus, type CheckoutStatusReport, isEnded } from "@qonto-pay/core/api";
import type { workerRequest as sendWorkerRequest } from "../api/worker-request.ts";
import type { QontoPayStatusEvent } from "../events/status-event.ts";
import { statusAddress } from "../status/status-address.ts";
import { openStatusStream } from "../status/status-stream.ts";
import type { Attempt, deleteAttempt as removeAttempt } from "./attempt-store.ts";
import type { PaymentState } from "./payment-state.ts";
import type { claimsOf as readClaims, Purchase } from "./purchase.ts";

/** The interface of the button's controller to this module. */
export interface FollowedPayment {
  readonly host: EventTarget;
  readonly state: PaymentState;
  /** Its checkout, even after another window has deleted the attempt. */
  checkout: Attempt["checkout"];
  report: CheckoutStatusReport | undefined;
  /** Ends the current click, if any. */
  show(state: PaymentState): void;
}

/** The state of the button for each status of its checkout. */
const STATE_OF_CHECKOUT: Readonly<Record<CheckoutStatus, PaymentState>> = {
  open: "waiting",
  processing: "processing",
  paid: "paid",
  expired: "idle",
  canceled: "idle",
};

/** The last status that each button reported, with its checkout. After a reconnect, the Worker repeats the status. */
const reported = new WeakMap<EventTarget, string>();

/** A payment to follow, and the functions of the script: importing them would load them twice. */
export interface Followed {
  readonly payment: FollowedPayment;
  readonly purchase: Purchase;
  readonly checkout: NonNullable<Attempt["checkout"]>;
  /** The Worker's answer to a click, if there is nothing to pay. */
  readonly known: CheckoutCreated | undefined;
  /** Ends the connection to the Worker. */
  readonly signal: AbortSignal;
  readonly deleteAttempt: typeof removeAttempt;
  readonly claimsOf: typeof readClaims;
  readonly StatusEvent: typeof QontoPayStatusEvent;
  readonly workerRequest: typeof sendWorkerRequest;
  readonly isStatusReport: (answer: unknown) => answer is CheckoutStatusReport;
  readonly parseJson: (text: string) => unknown;
}

/**
 * Shows and reports the status of a button's checkout until the signal is aborted or the checkout has ended. Most visits
 * have no checkout, or leave for the pay page, so this module is a separate chunk.
 */
export function followCheckout({ payment, purchase, checkout, known, signal, ...script }: Followed): void {
  const { id, status_token } = checkout;
  const { deleteAttempt, claimsOf, StatusEvent, workerRequest, isStatusReport, parseJson } = script;
  const claims = purchase.offer === undefined ? undefined : claimsOf(purchase.offer);
  const reference = purchase.reference ?? claims?.checkout?.reference;
  let close: (() => void) | undefined;

  /** Shows the state of the checkout. Only `processing` and `paid` take precedence over a click and its error. */
  const settleOn = (state: PaymentState): void => {
    const isFinal = state === "processing" || state === "paid";
    if (!isFinal && (payment.state === "busy" || payment.state === "error")) return;
    if (payment.state !== state) payment.show(state);
  };

  const applyReport = (report: CheckoutStatusReport): void => {
    const { status } = report;
    if (isEnded(status)) {
      close?.();
      payment.checkout = undefined;
      // An order is paid once, possibly by a late payment, and its button must show "Paid" on later visits. A product
      // without a reference can be bought again.
      if (reference === undefined && claims?.single_use !== true) deleteAttempt(purchase, report.id);
    }
    payment.report = report;
    settleOn(STATE_OF_CHECKOUT[status]);
    const change = report.id + status;
    if (reported.get(payment.host) === change) return;
    reported.set(payment.host, change);
    payment.host.dispatchEvent(new StatusEvent(report, status_token));
  };

  if (known !== undefined) {
    applyReport({ id, status: known.status, amount: known.amount, reference });
  }
  // A hidden tab holds no connection to the Worker.
  if (signal.aborted || payment.state === "paid" || document.hidden) return;
  const listener = {
    onReport: applyReport,
    onUnknown: () => {
      payment.checkout = undefined;
      deleteAttempt(purchase, id);
      settleOn("idle");
    },
  };
  const address = statusAddress(purchase.endpoint, { id, status_token });
  close = openStatusStream(address, listener, workerRequest, isStatusReport, parseJson);
  signal.addEventListener("abort", close);
}
