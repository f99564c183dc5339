import type { ProblemCode } from "../api/problem.ts";

/** A price could not be read or a checkout not be made. `requestId` names the request to the Worker's operator. */
export class QontoPayErrorEvent extends Event {
  static readonly type = "qonto-pay-error";
  declare readonly code: ProblemCode;
  /** Text that is safe to show to a shopper; never HTML. */
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
