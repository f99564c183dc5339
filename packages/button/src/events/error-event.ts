import type { ProblemCode } from "../api/problem.ts";

/** Fires when a price can't be read or a checkout can't be created. The operator finds the request by `requestId`. */
export class QontoPayErrorEvent extends Event {
  static readonly type = "qonto-pay-error";
  declare readonly code: ProblemCode;
  /** Plain text that is safe to show to a shopper. */
  declare readonly message: string;
  declare readonly requestId: string | undefined;

  constructor(code: ProblemCode, message: string, requestId: string | undefined) {
    super(QontoPayErrorEvent.type, { bubbles: true, composed: true });
    this.code = code;
    this.message = message;
    this.requestId = requestId;
  }
}

declare global {
  interface HTMLElementEventMap {
    "qonto-pay-error": QontoPayErrorEvent;
  }
}
