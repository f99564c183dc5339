/** What went wrong at Qonto, as far as our next step depends on it. */
export type QontoFaultKind =
  /** Qonto answered a documented refusal (400, 404, 422 ...): asking again changes nothing. */
  | "refused"
  /** What was asked for is not there. */
  | "not_found"
  /** The merchant's consent is gone: only connecting again helps. */
  | "not_connected"
  /** Too many requests. */
  | "rate_limited"
  /** No usable answer: 5xx, silence, a broken connection, HTML, JSON of another shape. */
  | "unavailable";

/**
 * A call to Qonto that failed.
 *
 * `mayHaveHappened` tells whether Qonto may have carried the call out all the same; for a creating call the thing may
 * then exist although its id was never seen. The message is ours and safe to log: operation and status, no text of Qonto's.
 */
export class QontoFault extends Error {
  readonly kind: QontoFaultKind;
  readonly mayHaveHappened: boolean;
  /** Seconds, where Qonto named them. */
  readonly retryAfter: number | undefined;

  constructor(
    kind: QontoFaultKind,
    message: string,
    detail: { mayHaveHappened?: boolean; retryAfter?: number | undefined } = {},
  ) {
    super(message);
    this.kind = kind;
    this.mayHaveHappened = detail.mayHaveHappened ?? false;
    this.retryAfter = detail.retryAfter;
  }
}
