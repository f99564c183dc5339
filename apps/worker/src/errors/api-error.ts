import type { ApiErrorCode } from "@qonto-pay/core/api";

/** What a failure carries beside its code. Only `param`, `message`, `checkoutId` and `retryAfter` ever leave the Worker. */
export interface ApiErrorDetail {
  /** Path of the offending field of the request. */
  readonly param?: string;
  /** Replaces the code's own message, where naming the rule helps. Text of ours, safe to show. */
  readonly message?: string;
  /** The checkout that answers the request instead. */
  readonly checkoutId?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /**
   * Replaces code and text for a caller with a secret key, where shoppers get neutral ones. Text of ours for developers: it
   * may name operations of Qonto's and routes of this API.
   */
  readonly developer?: { readonly code?: ApiErrorCode; readonly message: string };
  /** For the log only: why, in words of ours. Never an upstream text, never a secret. */
  readonly reason?: string;
}

/** Something that ends a journey early, with a code from the closed list. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly detail: ApiErrorDetail;

  constructor(code: ApiErrorCode, detail: ApiErrorDetail = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

/** How a journey's end crosses from the merchant object to the Worker: an `Error` would lose its class on the way. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ApiErrorCode; readonly detail: ApiErrorDetail };

/** Runs a journey. A `ApiError` becomes an outcome; anything else is a defect and becomes `internal_error`. */
export async function outcomeOf<T>(journey: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await journey() };
  } catch (error) {
    if (error instanceof ApiError) return { ok: false, code: error.code, detail: error.detail };
    return { ok: false, code: "internal_error", detail: { reason: placeOf(error) } };
  }
}

/** The value of a good outcome. @throws ApiError of the bad one. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new ApiError(outcome.code, outcome.detail);
}

/** Where a defect was thrown. Its message is left out: it may quote what was being worked on. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return "a value that is no Error was thrown";
  const frames = (error.stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at "));
  return [error.name, ...frames.slice(0, 3).map((line) => line.trim())].join(" ");
}
