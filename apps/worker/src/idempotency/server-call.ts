/** What a journey of the merchant's own server is told of the call beside its input. */
export interface ServerCall {
  /** The same for a call that is repeated under one `Idempotency-Key`. */
  readonly attemptId: string;
  /** The secret key of the call. */
  readonly keyId: string;
}
