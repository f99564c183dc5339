import { announce } from "../webhooks/announce.ts";
import { PAYMENT_LINKS_CONNECTIONS } from "../webhooks/event-type.ts";
import type { World } from "../world.ts";

/** Sends `v1/payment-links-connections` if the connection became enabled or is no longer enabled. */
export function connectionChanged(world: World, wasEnabled: boolean): void {
  world.store.changed();
  const isEnabled = world.store.state.connection?.status === "enabled";
  if (isEnabled === wasEnabled) return;
  announce(world, PAYMENT_LINKS_CONNECTIONS, { event: isEnabled ? "connection_enabled" : "connection_revoked" });
}
