import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";

export const CLIENT_ID = "sandbox-client";
export const CLIENT_SECRET = "sandbox-secret";

/** Returns a JSON answer that must not be cached. RFC 6749, 5.1: this applies to tokens and to errors about them. */
export function oauthJson(status: number, value: unknown): Answer {
  const answer = json(status, value);
  return { ...answer, headers: { ...answer.headers, "cache-control": "no-store", pragma: "no-cache" } };
}

/** Returns an error in the format of RFC 6749, 5.2. */
export function oauthError(status: 400 | 401 | 429, error: string, description: string): Answer {
  return oauthJson(status, { error, error_description: description });
}

/**
 * Returns the form of a request to the token or the revocation endpoint; or an error if the body is no form, or the
 * client's credentials are wrong.
 *
 * If the behaviour says that Qonto replaced the client's secret, all credentials are wrong. As documented, the client
 * sends `client_id` and `client_secret` in the form, not by HTTP Basic.
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
