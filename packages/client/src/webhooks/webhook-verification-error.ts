/**
 * What is wrong with a webhook. `malformed_secret` is of the receiver's own making; all others are of the sender's, or of
 * something on the way that changed the body.
 */
export type WebhookVerificationCode =
  | "malformed_secret"
  | "missing_header"
  | "malformed_header"
  | "too_old"
  | "too_new"
  | "wrong_signature"
  | "malformed_body";

/** A webhook is not to be believed. */
export class WebhookVerificationError extends Error {
  override readonly name = "WebhookVerificationError";
  readonly code: WebhookVerificationCode;

  constructor(code: WebhookVerificationCode, message: string) {
    super(message);
    this.code = code;
  }
}
