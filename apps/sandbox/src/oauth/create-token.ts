import { randomBytes } from "node:crypto";
import type { Answer } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";
import { oauthError, oauthJson, readOAuthForm } from "./oauth-form.ts";
import { isVerified } from "./pkce.ts";
import { revokeGrant } from "./revoke-token.ts";

const SECOND = 1000;
const ACCESS_TOKEN_LIFE = 3600 * SECOND;
const REFRESH_TOKEN_LIFE = 90 * 86_400 * SECOND;
/** How long a refresh token stays valid after its first use, for clients that lost the answer. */
const GRACE = 60 * SECOND;

/** Handles `POST /oauth2/token`: exchanges a code or a refresh token for a new pair of tokens. */
export function createToken(world: World, call: Call): Answer {
  const read = readOAuthForm(world, call);
  if ("error" in read) return read.error;
  switch (read.form.get("grant_type")) {
    case "authorization_code":
      return exchangeCode(world, read.form);
    case "refresh_token":
      return refresh(world, read.form);
    case null:
      return oauthError(400, "invalid_request", "grant_type is missing.");
    default:
      return oauthError(400, "unsupported_grant_type", "grant_type must be authorization_code or refresh_token.");
  }
}

function exchangeCode(world: World, form: URLSearchParams): Answer {
  const code = form.get("code");
  const redirectUri = form.get("redirect_uri");
  if (code === null || redirectUri === null) {
    return oauthError(400, "invalid_request", "code and redirect_uri are required.");
  }
  const authorization = world.store.state.authorizations.get(code);
  if (authorization === undefined || world.clock.isPast(authorization.expires_at)) {
    return oauthError(400, "invalid_grant", "The authorization code is unknown or has expired.");
  }
  if (authorization.used) {
    // RFC 6749, 4.1.2: a code used twice may have been stolen, so its tokens are revoked.
    revokeGrant(world, authorization.grant_id);
    return oauthError(400, "invalid_grant", "The authorization code was already used.");
  }
  if (authorization.redirect_uri !== redirectUri) {
    return oauthError(400, "invalid_grant", "redirect_uri differs from the one that the code was issued for.");
  }
  if (!isVerified(authorization.code_challenge, form.get("code_verifier"))) {
    return oauthError(400, "invalid_grant", "code_verifier does not match the code_challenge.");
  }
  authorization.used = true;
  return issueTokens(world, authorization);
}

function refresh(world: World, form: URLSearchParams): Answer {
  const refreshToken = form.get("refresh_token");
  if (refreshToken === null) return oauthError(400, "invalid_request", "refresh_token is required.");
  const kept = world.store.state.refresh_tokens.get(refreshToken);
  if (kept === undefined || world.clock.isPast(kept.expires_at)) {
    return oauthError(400, "invalid_grant", "The refresh token is unknown, has expired or was replaced.");
  }
  if (!kept.used) {
    kept.used = true;
    kept.expires_at = world.clock.iso(GRACE);
  }
  return issueTokens(world, kept);
}

function issueTokens(world: World, grant: { readonly grant_id: string; readonly scope: string }): Answer {
  const { state } = world.store;
  const { grant_id, scope } = grant;
  const accessToken = randomBytes(32).toString("base64url");
  state.access_tokens.set(accessToken, { grant_id, scope, expires_at: world.clock.iso(ACCESS_TOKEN_LIFE) });
  const answer = { access_token: accessToken, expires_in: ACCESS_TOKEN_LIFE / SECOND, scope, token_type: "bearer" };
  world.store.changed();
  if (!scope.split(" ").includes("offline_access")) return oauthJson(200, answer);
  const refreshToken = randomBytes(32).toString("base64url");
  state.refresh_tokens.set(refreshToken, {
    grant_id,
    scope,
    expires_at: world.clock.iso(REFRESH_TOKEN_LIFE),
    used: false,
  });
  return oauthJson(200, { ...answer, refresh_token: refreshToken });
}
