import type { ApiErrorCode } from "@qonto-pay/core/api";

/**
 * Codes of problems that the button detects: `network` (offline, blocked or timed out), `bad_answer` (the response
 * violates the contract), `incomplete` (no key, or nothing to pay for), `pay_url_not_allowed` (also a code of the
 * Worker), `popup_blocked` (the page is in a frame that can't open a tab).
 */
export type OwnProblemCode = "network" | "bad_answer" | "incomplete" | "pay_url_not_allowed" | "popup_blocked";

/** Codes of a Worker newer than this button pass through. */
export type ProblemCode = ApiErrorCode | OwnProblemCode | (string & {});

/** Why the shopper can't continue: detected by the button, or reported by the Worker with a text safe to show. */
export type Problem =
  | { readonly code: OwnProblemCode; readonly message?: never; readonly requestId?: never; readonly status?: never }
  | {
      readonly code: ProblemCode;
      readonly message: string;
      readonly requestId: string | undefined;
      /** HTTP status of the Worker's response. */
      readonly status: number;
    };

/** Statuses of requests that may succeed later without a change of the page. */
const PASSING = [409, 429];

/** Returns whether the author of the page must fix it: a retry does not help, and the Worker has not failed. */
export function isIntegrationError({ code, status = 500 }: Problem): boolean {
  return code === "incomplete" || (status < 500 && !PASSING.includes(status));
}
