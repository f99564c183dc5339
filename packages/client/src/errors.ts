import type { ApiErrorBody, ApiErrorCode, ApiErrorType } from "@qonto-pay/core/api";
import { readRetryAfter } from "@qonto-pay/web/retry-after";

/** What an error answer says. */
interface ErrorAnswer {
  readonly type?: ApiErrorType | (string & {}) | undefined;
  readonly code: ApiErrorCode | (string & {});
  readonly status: number;
  readonly message: string;
  readonly docUrl?: string | undefined;
  readonly param?: string | undefined;
  readonly checkoutId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
}

/** The Worker refused a call, or could not carry it out. */
export class QontoPayError extends Error {
  override readonly name = "QontoPayError";
  /** Groups the codes by what to do, also those of a later version. Undefined for `unexpected_answer`. */
  readonly type: ApiErrorType | (string & {}) | undefined;
  /**
   * From the Worker's closed list, or from that of a later version; `unexpected_answer` for one that is none of the
   * Worker's own, such as a proxy's page.
   */
  readonly code: ApiErrorCode | (string & {});
  /** HTTP. */
  readonly status: number;
  /** The Worker's page about the code. */
  readonly docUrl: string | undefined;
  /** Path of the field at fault, such as `items[0].quantity`. */
  readonly param: string | undefined;
  /** Of `order_already_paid`: the checkout that is paid, being paid, or may be being paid (it is `open` then). */
  readonly checkoutId: string | undefined;
  /** Finds the call in the Worker's log. */
  readonly requestId: string | undefined;
  /** Seconds after which it may work. */
  readonly retryAfter: number | undefined;

  constructor({ type, code, status, message, docUrl, param, checkoutId, requestId, retryAfter }: ErrorAnswer) {
    super(message);
    this.type = type;
    this.code = code;
    this.status = status;
    this.docUrl = docUrl;
    this.param = param;
    this.checkoutId = checkoutId;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}

/**
 * There was no answer: whether the call was carried out is not known. Repeat it with the same `idempotencyKey`, where it
 * takes one.
 */
export class QontoPayConnectionError extends Error {
  override readonly name = "QontoPayConnectionError";
  /** `timeout`: none in time. `network`: the connection failed or broke. */
  readonly reason: "timeout" | "network";

  constructor(reason: "timeout" | "network", message: string) {
    super(message);
    this.reason = reason;
  }
}

/** The error that an answer tells, or `unexpectedAnswer` where it is not in the one shape of the Worker's errors. */
export function errorOfAnswer(response: Response, text: string): QontoPayError {
  const error = errorIn(text);
  if (error === null) return unexpectedAnswer(response);
  const { type, code, message, doc_url: docUrl, param, checkout_id: checkoutId, request_id: requestId } = error;
  const { status, headers } = response;
  const retryAfter = readRetryAfter(headers, Date.now());
  return new QontoPayError({ type, code, status, message, docUrl, param, checkoutId, requestId, retryAfter });
}

/** For an answer that is none of the Worker's. Its text is not repeated: anybody may have written it. */
export function unexpectedAnswer({ status, headers }: Response): QontoPayError {
  return new QontoPayError({
    code: "unexpected_answer",
    status,
    message: `The answer, of status ${status}, is none of the Worker's. Is \`endpoint\` right?`,
    requestId: headers.get("X-Request-Id") ?? undefined,
    retryAfter: readRetryAfter(headers, Date.now()),
  });
}

function errorIn(text: string): ApiErrorBody["error"] | null {
  try {
    const { error } = JSON.parse(text) as ApiErrorBody;
    return typeof error.code === "string" && typeof error.message === "string" ? error : null;
  } catch {
    return null;
  }
}
