import { type Answer, noContent } from "../http/answer.ts";
import { announce } from "../webhooks/announce.ts";
import { CONSENT_REVOCATIONS } from "../webhooks/event-type.ts";
import type { World } from "../world.ts";
import { CLIENT_ID } from "./oauth-form.ts";

/**
 * Ends every code and token of the merchant's consents, and sends `v1/consent-revocations`.
 *
 * Handles `DELETE /v2/oauth2/consents`, and the control that acts as a merchant who disconnects the client in Qonto.
 */
export function endConsents(world: World): Answer {
  const { authorizations, access_tokens, refresh_tokens } = world.store.state;
  for (const ended of [authorizations, access_tokens, refresh_tokens]) ended.clear();
  announce(world, CONSENT_REVOCATIONS, { client_id: CLIENT_ID, revoked_at: world.clock.iso() });
  return noContent();
}
