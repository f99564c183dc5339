import { type Answer, found } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { SIGN_IN_PATH, showSignIn } from "../pages/sign-in-page.ts";
import type { World } from "../world.ts";
import { ApiError } from "./api-error.ts";

export type Scope = "organization.read" | "payment_link.read" | "payment_link.write" | "webhook";

/** The only valid staging token. */
export const STAGING_TOKEN = "sandbox-staging-token";

/**
 * Returns Qonto's answer to a request without a valid staging token: a sign-in page, or a redirect to it. This also
 * applies to OAuth requests. Undefined if the request may continue.
 */
export function stagingAnswer(world: World, call: Call): Answer | undefined {
  const { staging_token } = world.store.state.behaviour.switches;
  if (staging_token === "not_required" || call.headers["x-qonto-staging-token"] === STAGING_TOKEN) return undefined;
  return staging_token === "html" ? showSignIn() : found(world.origin + SIGN_IN_PATH);
}

/**
 * Checks that the request has a valid access token with `scope`.
 *
 * @throws ApiError 401 or 403, as documented.
 */
export function authorizeCall(world: World, call: Call, scope: Scope): void {
  const header = call.headers.authorization;
  if (header === undefined || header === "") {
    throw new ApiError(401, [{ code: "authorization_header_missing", detail: "authorization header missing" }]);
  }
  if (!/^Bearer /i.test(header) && scope !== "organization.read") {
    // The text was observed for API keys; the code is a guess.
    throw new ApiError(401, [{ code: "unauthorized", detail: "OAuth2 authentication is required here" }]);
  }
  const bearer = /^Bearer +(\S+)$/i.exec(header)?.[1] ?? "";
  const token = world.store.state.access_tokens.get(bearer);
  if (token === undefined || world.clock.isPast(token.expires_at)) {
    throw new ApiError(401, [{ code: "authorization_token_invalid", detail: "authorization token invalid" }]);
  }
  if (!token.scope.split(" ").includes(scope)) {
    throw new ApiError(403, [
      { code: "forbidden", detail: "User does not have sufficient permissions for this action." },
    ]);
  }
}
