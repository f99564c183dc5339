import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";

export const CLIENT_ID = "sandbox-client";
export const CLIENT_SECRET = "sandbox-secret";

/** RFC 6749, 5.1: neither a token nor an error about one is kept by a cache. */
export function oauthJson(status: number, value: unknown): Answer {
  const answer = json(status, value);
  return { ...answer, headers: { ...answer.headers, "cache-control": "no-store", pragma: "no-cache" } };
}

/** An error as RFC 6749, 5.2 shapes it. */
export function oauthError(status: 400 | 401 | 429, error: string, description: string): Answer {
  return oauthJson(status, { error, error_description: description });
}

/**
 * The form of a request to the token or the revocation endpoint, or the error when it isn't one, or comes from another
 * client: any client where the behaviour says that Qonto replaced its secret. As documented, the client names itself in the form (`client_id`, `client_secret`), not by HTTP Basic.
 */
export function readOAuthForm(
  world: World,
  call: Call,
): { readonly form: URLSearchParams } | { readonly error: Answer } {
  const type = call.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") {
    return { error: oauthError(400, "invalid_request", "The body must be application/x-www-form-urlencoded.") };
  }
  const form = new URLSearchParams(call.text);
  const isKnown = world.store.state.behaviour.switches.oauth_client === "valid";
  if (!isKnown || form.get("client_id") !== CLIENT_ID || form.get("client_secret") !== CLIENT_SECRET) {
    return { error: oauthError(401, "invalid_client", "Client authentication failed.") };
  }
  return { form };
}
