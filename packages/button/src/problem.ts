import type { ApiErrorCode } from "@qonto-pay/core/api";

/**
 * Codes that the button gives by itself: `network` (offline, blocked or timed out), `bad_answer` (an answer that is not
 * of the contract), `incomplete` (no key or no product), `pay_url_not_allowed` (also one of the Worker's).
 */
export type OwnProblemCode = "network" | "bad_answer" | "incomplete" | "pay_url_not_allowed";

/** Codes of a Worker newer than this button pass through. */
export type ProblemCode = ApiErrorCode | OwnProblemCode | (string & {});

/** Why the shopper can't go on: found out by the button, or said by the Worker in a text that is safe to show. */
export type Problem =
  | { readonly code: OwnProblemCode; readonly message?: never; readonly requestId?: never }
  | { readonly code: ProblemCode; readonly message: string; readonly requestId: string | undefined };
