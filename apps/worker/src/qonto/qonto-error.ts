import type { DiagnosticsErrorCause } from "@qonto-pay/core/api";

/** What went wrong at Qonto, as far as our next step depends on it. */
export type QontoErrorKind =
  /** Qonto answered a documented refusal (400, 403, 422 ...): asking again changes nothing. */
  | "refused"
  /** Qonto rejects this deployment's own client: every merchant is affected, and only the operator can repair it. */
  | "misconfigured"
  /** What was asked for is not there. */
  | "not_found"
  /** The merchant's consent is gone: only connecting again helps. */
  | "not_connected"
  /** Qonto refuses the access token although the consent holds. */
  | "unauthorized"
  /** Too many requests. */
  | "rate_limited"
  /** No usable answer: 5xx, silence, a broken connection, HTML, JSON of another shape. */
  | "unavailable";

export interface QontoErrorDetail {
  /** Whether Qonto may have carried the call out all the same: what it was to make may exist, though its id was never seen. */
  readonly mayHaveHappened?: boolean;
  /** Seconds, where they are known. */
  readonly retryAfter?: number | undefined;
  /** The HTTP status, where Qonto rejected a request. */
  readonly status?: number;
  /** Qonto's own code for a refusal. To be compared, never logged or answered: it is Qonto's text. */
  readonly code?: string | undefined;
  /** The name of the field that Qonto rejects, from the pointer of its error. To be compared, never logged or answered. */
  readonly field?: string | undefined;
  /** What Qonto's support asks for. Safe to log. */
  readonly traceId?: string | undefined;
  /** Something in front of Qonto's API answered: with a redirect, or with something that is not JSON. */
  readonly isForeign?: boolean;
  /** Qonto answered JSON of a shape that this version does not know. */
  readonly isUnknownShape?: boolean;
}

/** A call to Qonto that failed. The message is ours and safe to log: operation and status, no text of Qonto's. */
export class QontoError extends Error {
  readonly kind: QontoErrorKind;
  readonly mayHaveHappened: boolean;
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
    this.retryAfter = detail.retryAfter;
    this.status = detail.status;
    this.code = detail.code;
    this.field = detail.field;
    this.traceId = detail.traceId;
    this.isForeign = detail.isForeign ?? false;
    this.isUnknownShape = detail.isUnknownShape ?? false;
  }
}

/** Why the answer could not be read; null: it could, or there was none. */
export function causeOf({ isForeign, isUnknownShape }: QontoError): DiagnosticsErrorCause | null {
  if (isForeign) return "unreadable_answer";
  return isUnknownShape ? "unknown_shape" : null;
}
