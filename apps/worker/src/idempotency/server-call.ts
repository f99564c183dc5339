/** Metadata of a call by the merchant's server or console, in addition to its input. */
export interface ServerCall {
  /** The same for each repetition under one `Idempotency-Key`. */
  readonly attemptId: string;
  /** The secret key of the call, or of the session's sign-in. */
  readonly keyId: string;
  /** The console's session that made the call; null: a server made it. */
  readonly sessionId: string | null;
}
