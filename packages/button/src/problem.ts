import type { ApiErrorCode } from "@qonto-pay/core/api";

/**
 * Codes that the button gives by itself: `network` (offline, blocked or timed out), `bad_answer` (an answer that is not
 * of the contract), `incomplete` (no key, or nothing to pay for), `pay_url_not_allowed` (also one of the Worker's).
 */
export type OwnProblemCode = "network" | "bad_answer" | "incomplete" | "pay_url_not_allowed";

/** What the author of the page has to mend: trying again does not help. */
const MISTAKES_OF_PAGE: readonly (ApiErrorCode | OwnProblemCode)[] = [
  "incomplete",
  "invalid_key",
  "key_of_other_environment",
  "product_not_found",
  "invalid_request",
  "origin_not_allowed",
  "quantity_out_of_range",
  "amount_out_of_range",
];

/** Codes of a Worker newer than this button pass through. */
export type ProblemCode = ApiErrorCode | OwnProblemCode | (string & {});

/** Why the shopper can't go on: found out by the button, or said by the Worker in a text that is safe to show. */
export type Problem =
  | { readonly code: OwnProblemCode; readonly message?: never; readonly requestId?: never }
  | { readonly code: ProblemCode; readonly message: string; readonly requestId: string | undefined };

/** Whether the page is wrong about something, and no passing failure is to blame. */
export function isMistakeOfPage({ code }: Problem): boolean {
  return (MISTAKES_OF_PAGE as readonly string[]).includes(code);
}
