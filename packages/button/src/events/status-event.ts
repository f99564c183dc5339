import type { CheckoutStatusReport } from "@qonto-pay/core/api";

/** Fires when the status of the element's checkout is first known and when it changes. */
export class QontoPayStatusEvent extends Event {
  static readonly type = "qonto-pay-status";
  declare readonly report: CheckoutStatusReport;
  /** Authorizes reading the status of this checkout: the `token` of a `<qonto-pay-status>`. */
  declare readonly token: string;

  constructor(report: CheckoutStatusReport, token: string) {
    super(QontoPayStatusEvent.type, { bubbles: true, composed: true });
    this.report = report;
    this.token = token;
  }
}

declare global {
  interface HTMLElementEventMap {
    "qonto-pay-status": QontoPayStatusEvent;
  }
}
