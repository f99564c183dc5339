import type { ApiErrorCode, Challenge } from "@qonto-pay/core/api";

/** Details of an error. Only `param`, `message`, `checkoutId`, `challenge`, `waitPass` and `retryAfter` ever leave the Worker. */
export interface ApiErrorDetail {
  /** Path of the offending field of the request. */
  readonly param?: string;
  /** Replaces the message of the code where it can name the rule. Our own text, safe to show. */
  readonly message?: string;
  /** Id of the checkout that the caller should read instead. */
  readonly checkoutId?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /**
   * Replaces code and message for a caller with a secret key; shoppers get neutral ones. Our own text for developers:
   * it may name Qonto's operations and routes of this API.
   */
  readonly developer?: { readonly code?: ApiErrorCode; readonly message: string };
  /** Of `challenge_required`. */
  readonly challenge?: Challenge;
  /** Of `challenge_required`, from the merchant's object: iterations for each counter of the challenge. */
  readonly difficulty?: number;
  /** Of `challenge_required`, for a form: a pass that is valid after a wait. */
  readonly waitPass?: string;
  /** Of `challenge_required`, from the merchant's object: the pass was valid, but too many others were used. */
  readonly isPassUnused?: true;
  /** The merchant's object belongs to no merchant. Stays in the Worker. */
  readonly isMerchantUnknown?: true;
  /** The reason, in our own words, for the log only. Never a text from Qonto, never a secret. */
  readonly reason?: string;
}

/** An error that ends an operation early, with a code from the closed list. */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly detail: ApiErrorDetail;

  constructor(code: ApiErrorCode, detail: ApiErrorDetail = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}

/**
 * The result of an operation on its way from the merchant object to the Worker. An `Error` would lose its class there.
 */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: ApiErrorCode; readonly detail: ApiErrorDetail };

/** Runs an operation. An `ApiError` becomes an outcome; any other error is a defect and becomes `internal_error`. */
export async function outcomeOf<T>(journey: () => T | Promise<T>): Promise<Outcome<T>> {
  try {
    return { ok: true, value: await journey() };
  } catch (error) {
    if (error instanceof ApiError) return { ok: false, code: error.code, detail: error.detail };
    return { ok: false, code: "internal_error", detail: { reason: placeOf(error) } };
  }
}

/** Returns the value of a successful outcome. @throws ApiError of a failed one. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new ApiError(outcome.code, outcome.detail);
}

/** Returns the place where a defect was thrown, without its message, which may quote data. */
export function placeOf(error: unknown): string {
  if (!(error instanceof Error)) return "a thrown value is not an Error";
  const frames = (error.stack ?? "").split("\n").filter((line) => line.trimStart().startsWith("at "));
  return [error.name, ...frames.slice(0, 3).map((line) => line.trim())].join(" ");
}
