import { announce } from "../webhooks/announce.ts";
import { PAYMENT_LINKS_CONNECTIONS } from "../webhooks/event-type.ts";
import type { World } from "../world.ts";

/** Tells the subscribers of `v1/payment-links-connections` when the connection became enabled, or is so no longer. */
export function connectionChanged(world: World, wasEnabled: boolean): void {
  world.store.changed();
  const isEnabled = world.store.state.connection?.status === "enabled";
  if (isEnabled === wasEnabled) return;
  announce(world, PAYMENT_LINKS_CONNECTIONS, { event: isEnabled ? "connection_enabled" : "connection_revoked" });
}
