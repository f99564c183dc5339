import type { StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { changeStatus } from "./change-status.ts";
import { isPayable } from "./record-payment.ts";

/** Expires a link that is still payable after its expiration date, where the behaviour has links that end. */
export function expireIfDue(world: World, link: StoredPaymentLink): void {
  if (world.store.state.behaviour.switches.expiration_date !== "real") return;
  if (isPayable(link) && world.clock.isPast(link.expiration_date)) changeStatus(world, link, "expired");
}

/** Does so for all links. */
export function expirePaymentLinks(world: World): void {
  for (const link of world.store.state.payment_links.values()) expireIfDue(world, link);
}
