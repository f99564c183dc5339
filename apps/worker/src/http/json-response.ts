import { API_ERRORS, type ApiErrorBody, type ApiErrorCode, type Challenge } from "@qonto-pay/core/api";

/** Returns a JSON response that is never cached. */
export function jsonResponse(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { "Cache-Control": "no-store" } });
}

/** Returns a response without a body. */
export function emptyResponse(): Response {
  return new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });
}

/**
 * Returns an error in the one shape of the API, with the type and the status of its code.
 *
 * @param url an address of this deployment, which also serves the page that `doc_url` links to.
 */
export function errorResponse(
  code: ApiErrorCode,
  requestId: string,
  url: string,
  detail: { param?: string; message?: string; checkoutId?: string; challenge?: Challenge; retryAfter?: number } = {},
): Response {
  const { type, status, message } = API_ERRORS[code];
  const body: ApiErrorBody = {
    error: {
      type,
      code,
      message: detail.message ?? message,
      doc_url: new URL(`/docs/errors#${code}`, url).href,
      request_id: requestId,
      ...(detail.param === undefined ? {} : { param: detail.param }),
      ...(detail.checkoutId === undefined ? {} : { checkout_id: detail.checkoutId }),
      ...(detail.challenge === undefined ? {} : { challenge: detail.challenge }),
    },
  };
  const response = jsonResponse(body, status);
  if (detail.retryAfter !== undefined) response.headers.set("Retry-After", String(detail.retryAfter));
  return response;
}
