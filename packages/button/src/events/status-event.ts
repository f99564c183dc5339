import type { CheckoutStatusReport } from "@qonto-pay/core/api";

/** The checkout of this button is first seen, or its status changed. */
export class QontoPayStatusEvent extends Event {
  static readonly type = "qonto-pay-status";
  readonly report: CheckoutStatusReport;

  constructor(report: CheckoutStatusReport) {
    super(QontoPayStatusEvent.type, { bubbles: true, composed: true });
    this.report = report;
  }
}

declare global {
  interface HTMLElementEventMap {
    "qonto-pay-status": QontoPayStatusEvent;
  }
}
