import type { CheckoutStatusReport } from "@qonto-pay/core/api";

/** The checkout of this element is first seen, or its status changed. */
export class QontoPayStatusEvent extends Event {
  static readonly type = "qonto-pay-status";
  declare readonly report: CheckoutStatusReport;
  /** Lets its holder read the status of this checkout: `token` of a `<qonto-pay-status>`. */
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
