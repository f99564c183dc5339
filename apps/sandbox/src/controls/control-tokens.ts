import { type Answer, noContent } from "../http/answer.ts";
import type { World } from "../world.ts";

/** `POST /_sandbox/revoke`: the merchant disconnects the client in Qonto. Codes and tokens of every consent end. */
export function revokeAll(world: World): Answer {
  const { authorizations, access_tokens, refresh_tokens } = world.store.state;
  for (const ended of [authorizations, access_tokens, refresh_tokens]) ended.clear();
  world.store.changed();
  return noContent();
}
