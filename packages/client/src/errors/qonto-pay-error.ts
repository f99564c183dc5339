import type { ApiErrorCode } from "@qonto-pay/core/api";

/** What an error answer says. */
export interface ErrorAnswer {
  readonly code: ApiErrorCode | (string & {});
  readonly status: number;
  readonly message: string;
  readonly param?: string | undefined;
  readonly checkoutId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
}

/** The Worker refused a call, or could not carry it out. */
export class QontoPayError extends Error {
  override readonly name = "QontoPayError";
  /**
   * From the Worker's closed list, or from that of a later version; `unexpected_answer` for one that is none of the
   * Worker's own, such as a proxy's page.
   */
  readonly code: ApiErrorCode | (string & {});
  /** HTTP. */
  readonly status: number;
  /** Path of the field at fault, such as `items[0].quantity`. */
  readonly param: string | undefined;
  /** Of `order_already_paid`: the checkout that is paid, or being paid. */
  readonly checkoutId: string | undefined;
  /** Finds the call in the Worker's log. */
  readonly requestId: string | undefined;
  /** Seconds after which it may work. */
  readonly retryAfter: number | undefined;

  constructor({ code, status, message, param, checkoutId, requestId, retryAfter }: ErrorAnswer) {
    super(message);
    this.code = code;
    this.status = status;
    this.param = param;
    this.checkoutId = checkoutId;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}
