/**
 * The part of `<qonto-pay-button>`'s public contract that this shop uses. A shop that loads the button with a script
 * tag can't import its types, so it declares the few that it needs.
 */

/** `paid`, `expired` and `canceled` are final; `open` and `processing` are not. */
export const CHECKOUT_STATUSES = ["open", "processing", "paid", "expired", "canceled"] as const;
export type CheckoutStatus = (typeof CHECKOUT_STATUSES)[number];

/** `value` is a decimal string in major units ("13.30"), `currency` an ISO 4217 code. */
export interface Money {
  readonly value: string;
  readonly currency: string;
}

/** The state of a checkout. */
export interface StatusReport {
  readonly id: string;
  readonly status: CheckoutStatus;
  readonly amount: Money;
  readonly reference?: string;
}

/** Fires when the shopper has chosen another amount (`amounts`) or quantity (`quantity-input`). */
export interface PayChangeEvent extends Event {
  readonly amount: string | undefined;
  readonly quantity: number | undefined;
}

/** Fires before the browser navigates to `url`, the pay page. */
export interface PayRedirectEvent extends Event {
  readonly url: string;
  readonly checkoutId: string;
}

export interface PayStatusEvent extends Event {
  readonly report: StatusReport;
}

/** `message` is safe to show. `code` is `network` if the Worker could not be reached. */
export interface PayErrorEvent extends Event {
  readonly code: string;
  readonly message: string;
}

declare global {
  // The events bubble out of the button's shadow root, so one listener on the document handles all buttons.
  interface DocumentEventMap {
    "qonto-pay-start": Event;
    "qonto-pay-change": PayChangeEvent;
    "qonto-pay-redirect": PayRedirectEvent;
    "qonto-pay-status": PayStatusEvent;
    "qonto-pay-error": PayErrorEvent;
  }
}
