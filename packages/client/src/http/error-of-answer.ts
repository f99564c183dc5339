import type { ApiErrorBody } from "@qonto-pay/core/api";
import { QontoPayError } from "../errors/qonto-pay-error.ts";
import { retryAfterOf } from "./retry-after.ts";

/** The error that an answer tells, or `unexpectedAnswer` where it is not in the one shape of the Worker's errors. */
export function errorOfAnswer(response: Response, text: string): QontoPayError {
  const error = errorIn(text);
  if (error === null) return unexpectedAnswer(response);
  const { code, message, param, checkout_id: checkoutId, request_id: requestId } = error;
  const { status, headers } = response;
  const retryAfter = retryAfterOf(headers);
  return new QontoPayError({ code, status, message, param, checkoutId, requestId, retryAfter });
}

/** For an answer that is none of the Worker's. Its text is not repeated: anybody may have written it. */
export function unexpectedAnswer({ status, headers }: Response): QontoPayError {
  return new QontoPayError({
    code: "unexpected_answer",
    status,
    message: `The answer, of status ${status}, is none of the Worker's. Is \`endpoint\` right?`,
    requestId: headers.get("X-Request-Id") ?? undefined,
    retryAfter: retryAfterOf(headers),
  });
}

function errorIn(text: string): ApiErrorBody["error"] | null {
  try {
    const { error } = JSON.parse(text) as ApiErrorBody;
    return typeof error.code === "string" && typeof error.message === "string" ? error : null;
  } catch {
    return null;
  }
}
