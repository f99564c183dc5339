import { type Answer, json } from "../http/answer.ts";
import type { World } from "../world.ts";

/** `GET /v2/organization`: where the bank account for a connection is chosen from. */
export function getOrganization(world: World): Answer {
  const { membership_id: _notPartOfIt, ...organization } = world.store.state.organization;
  return json(200, { organization });
}
