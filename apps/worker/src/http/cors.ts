/**
 * Lets the calling page read the answer.
 *
 * The merchant object compares the origin with the merchant's allowed origins, and rejects others with
 * `origin_not_allowed`. Any page may read that error, so that its author sees the code. That reveals nothing: no cookie
 * is ever sent or read.
 */
export function allowReading(response: Response, request: Request): Response {
  const origin = request.headers.get("Origin");
  if (origin === null) return response;
  response.headers.set("Access-Control-Allow-Origin", origin);
  response.headers.set("Access-Control-Expose-Headers", "Idempotent-Replayed, Retry-After, X-Request-Id");
  response.headers.append("Vary", "Origin");
  return response;
}

/** Answers a preflight. The button causes none; a page that sends `application/json` does. */
export function answerPreflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      "Access-Control-Allow-Methods": "GET, POST",
      "Access-Control-Allow-Headers": "Content-Type",
      "Access-Control-Max-Age": "86400",
    },
  });
}
