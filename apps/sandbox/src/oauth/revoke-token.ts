import type { Answer } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { World } from "../world.ts";
import { oauthError, oauthJson, readOAuthForm } from "./oauth-form.ts";

/**
 * Handles `POST /oauth2/revoke` (RFC 7009): ends all tokens of the consent that `token` belongs to. An unknown token is
 * also answered with 200: it is invalid already.
 */
export function revokeToken(world: World, call: Call): Answer {
  const read = readOAuthForm(world, call);
  if ("error" in read) return read.error;
  const token = read.form.get("token");
  if (token === null) return oauthError(400, "invalid_request", "token is required.");
  const { access_tokens, refresh_tokens } = world.store.state;
  const kept = access_tokens.get(token) ?? refresh_tokens.get(token);
  if (kept !== undefined) revokeGrant(world, kept.grant_id);
  return oauthJson(200, {});
}

/** Ends every access and refresh token of a consent. */
export function revokeGrant(world: World, grantId: string): void {
  const { access_tokens, refresh_tokens } = world.store.state;
  for (const tokens of [access_tokens, refresh_tokens]) {
    for (const [token, { grant_id }] of tokens) if (grant_id === grantId) tokens.delete(token);
  }
  world.store.changed();
}
