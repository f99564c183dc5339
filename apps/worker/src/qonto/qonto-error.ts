import type { DiagnosticsErrorCause } from "@qonto-pay/core/api";

/** The kinds of errors of calls to Qonto that need different reactions. */
export type QontoErrorKind =
  /** Qonto rejected the call with a documented error (400, 403, 422 ...): a retry changes nothing. */
  | "refused"
  /** Qonto rejects this deployment's own client: every merchant is affected, and only the operator can repair it. */
  | "misconfigured"
  /** The requested resource does not exist. */
  | "not_found"
  /** The merchant's consent has ended: the merchant must reauthorize. */
  | "not_connected"
  /** Qonto rejects the access token although the consent is valid. */
  | "unauthorized"
  /** Too many requests. */
  | "rate_limited"
  /** No usable answer: 5xx, a timeout, a broken connection, HTML, JSON of an unknown shape. */
  | "unavailable";

export interface QontoErrorDetail {
  /** Whether Qonto may have executed the call anyway: the resource may exist, although its id was never seen. */
  readonly mayHaveHappened?: boolean;
  /** Whether the call was never sent, for lack of a token or of a place in the rate limiter. */
  readonly isUnsent?: boolean;
  /** Seconds, if known. */
  readonly retryAfter?: number | undefined;
  /** The HTTP status, if Qonto rejected a request. */
  readonly status?: number;
  /** Qonto's own error code. For comparison only, never logged or returned, because it is Qonto's text. */
  readonly code?: string | undefined;
  /**
   * The name of the field that Qonto rejects, from the pointer of its error. For comparison only, never logged or
   * returned.
   */
  readonly field?: string | undefined;
  /** The id that Qonto's support asks for. Safe to log. */
  readonly traceId?: string | undefined;
  /** Whether a server in front of Qonto's API answered, with a redirect or a body that is not JSON. */
  readonly isForeign?: boolean;
  /** Whether Qonto answered JSON of an unknown shape. */
  readonly isUnknownShape?: boolean;
}

/** A failed call to Qonto. The message is our own and safe to log: operation and status, without texts from Qonto. */
export class QontoError extends Error {
  readonly kind: QontoErrorKind;
  readonly mayHaveHappened: boolean;
  readonly isUnsent: boolean;
  readonly retryAfter: number | undefined;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly field: string | undefined;
  readonly traceId: string | undefined;
  readonly isForeign: boolean;
  readonly isUnknownShape: boolean;

  constructor(kind: QontoErrorKind, message: string, detail: QontoErrorDetail = {}) {
    super(message);
    this.kind = kind;
    this.mayHaveHappened = detail.mayHaveHappened ?? false;
    this.isUnsent = detail.isUnsent ?? false;
    this.retryAfter = detail.retryAfter;
    this.status = detail.status;
    this.code = detail.code;
    this.field = detail.field;
    this.traceId = detail.traceId;
    this.isForeign = detail.isForeign ?? false;
    this.isUnknownShape = detail.isUnknownShape ?? false;
  }
}

/** Returns why an answer could not be read; null if it could, or if there was none. */
export function causeOf({ isForeign, isUnknownShape }: QontoError): DiagnosticsErrorCause | null {
  if (isForeign) return "unreadable_answer";
  return isUnknownShape ? "unknown_shape" : null;
}
