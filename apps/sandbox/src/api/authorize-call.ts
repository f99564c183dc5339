import { type Answer, found } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { SIGN_IN_PATH, showSignIn } from "../pages/sign-in-page.ts";
import type { World } from "../world.ts";
import { ApiError } from "./api-error.ts";

export type Scope = "organization.read" | "payment_link.read" | "payment_link.write" | "webhook";

/** The only staging token that the sandbox takes. */
export const STAGING_TOKEN = "sandbox-staging-token";

/**
 * Returns what stands before Qonto's sandbox answers to a request without its staging token, OAuth's endpoints included: a
 * sign-in page, or the way to it. Undefined for a request that may pass.
 */
export function stagingAnswer(world: World, call: Call): Answer | undefined {
  const { staging_token } = world.store.state.behaviour.switches;
  if (staging_token === "not_required" || call.headers["x-qonto-staging-token"] === STAGING_TOKEN) return undefined;
  return staging_token === "html" ? showSignIn() : found(world.origin + SIGN_IN_PATH);
}

/**
 * Lets through a request whose access token is alive and carries `scope`.
 *
 * @throws ApiError 401 or 403, as documented.
 */
export function authorizeCall(world: World, call: Call, scope: Scope): void {
  const header = call.headers.authorization;
  if (header === undefined || header === "") {
    throw new ApiError(401, [{ code: "authorization_header_missing", detail: "authorization header missing" }]);
  }
  if (!/^Bearer /i.test(header) && scope !== "organization.read") {
    // The text was seen for API keys; the code is a guess.
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
