import type { ApiErrorBody, ApiErrorCode, ApiErrorType } from "@qonto-pay/core/api";
import { readRetryAfter } from "@qonto-pay/web/retry-after";

/** The fields of an error response. */
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

/** The Worker answered a call with an error. */
export class QontoPayError extends Error {
  override readonly name = "QontoPayError";
  /** Groups the codes by remediation; covers codes of later versions. Undefined for `unexpected_answer`. */
  readonly type: ApiErrorType | (string & {}) | undefined;
  /**
   * A code of `API_ERROR_CODES`, or one that a later version of the Worker added. `unexpected_answer` if the response
   * does not come from the Worker, such as a proxy's page.
   */
  readonly code: ApiErrorCode | (string & {});
  /** HTTP status. */
  readonly status: number;
  /** URL of the Worker's page about the code. */
  readonly docUrl: string | undefined;
  /** Path of the invalid field, such as `items[0].quantity`. */
  readonly param: string | undefined;
  /** Set with `order_already_paid`: the checkout that is paid or processing. It is `open` if its payment may be in progress. */
  readonly checkoutId: string | undefined;
  /** Identifies the call in the Worker's log. */
  readonly requestId: string | undefined;
  /** Seconds to wait before a retry. */
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
 * No response arrived, so it is unknown whether the Worker has processed the call. Repeat it with the same
 * `idempotencyKey`, if it takes one.
 */
export class QontoPayConnectionError extends Error {
  override readonly name = "QontoPayConnectionError";
  /** `timeout`: no response within `timeoutMs`. `network`: the connection failed or broke. */
  readonly reason: "timeout" | "network";

  constructor(reason: "timeout" | "network", message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Parses an error response. Returns `unexpectedAnswer` if it does not have the shape of the Worker's errors. */
export function errorOfAnswer(response: Response, text: string): QontoPayError {
  const error = errorIn(text);
  if (error === null) return unexpectedAnswer(response);
  const { type, code, message, doc_url: docUrl, param, checkout_id: checkoutId, request_id: requestId } = error;
  const { status, headers } = response;
  const retryAfter = readRetryAfter(headers, Date.now());
  return new QontoPayError({ type, code, status, message, docUrl, param, checkoutId, requestId, retryAfter });
}

/** Creates the error for a response of another server. Omits its text, which can contain anything. */
export function unexpectedAnswer({ status, headers }: Response): QontoPayError {
  return new QontoPayError({
    code: "unexpected_answer",
    status,
    message: `This response with status ${status} is not from the Worker. Check \`endpoint\`.`,
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
