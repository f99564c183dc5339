/** Metadata of a call by the merchant's server, in addition to its input. */
export interface ServerCall {
  /** The same for each repetition under one `Idempotency-Key`. */
  readonly attemptId: string;
  /** The secret key of the call. */
  readonly keyId: string;
}
