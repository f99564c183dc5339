import type { ApiErrorCode } from "@qonto-pay/core/api";

/** `network`: no answer; `unexpected_answer`: the answer of another server, such as a proxy. */
export type RequestErrorCode = ApiErrorCode | "network" | "unexpected_answer";

/** A request that the Worker rejected or did not answer. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly code: RequestErrorCode;
  /** Identifies the request in the Worker's log; null without an answer. */
  readonly requestId: string | null;

  constructor(code: RequestErrorCode, message: string, requestId: string | null = null) {
    super(message);
    this.code = code;
    this.requestId = requestId;
  }
}
