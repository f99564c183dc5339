import type { ApiErrorCode } from "@qonto-pay/core/api";

/**
 * Codes that the button gives by itself: `network` (offline, blocked or timed out), `bad_answer` (an answer that is not
 * of the contract), `incomplete` (no key, or nothing to pay for), `pay_url_not_allowed` (also one of the Worker's),
 * `popup_blocked` (a page in a frame, from which no tab can be opened).
 */
export type OwnProblemCode = "network" | "bad_answer" | "incomplete" | "pay_url_not_allowed" | "popup_blocked";

/** Codes of a Worker newer than this button pass through. */
export type ProblemCode = ApiErrorCode | OwnProblemCode | (string & {});

/** Why the shopper can't go on: found out by the button, or said by the Worker in a text that is safe to show. */
export type Problem =
  | { readonly code: OwnProblemCode; readonly message?: never; readonly requestId?: never; readonly status?: never }
  | {
      readonly code: ProblemCode;
      readonly message: string;
      readonly requestId: string | undefined;
      /** HTTP status that the Worker gave it. */
      readonly status: number;
    };

/** What can be refused today and taken tomorrow, though nobody changes the page: 409 and 429. */
const PASSING = [409, 429];

/** Whether the author of the page has to fix it: a retry does not help, and the Worker has not failed. */
export function isIntegrationError({ code, status = 500 }: Problem): boolean {
  return code === "incomplete" || (status < 500 && !PASSING.includes(status));
}
