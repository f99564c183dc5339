import type { StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { changeStatus } from "./change-status.ts";
import { isPayable } from "./record-payment.ts";

/** Expires a payable link after its expiration date, if links expire in this behaviour. */
export function expireIfDue(world: World, link: StoredPaymentLink): void {
  if (world.store.state.behaviour.switches.expiration_date !== "real") return;
  if (isPayable(link) && world.clock.isPast(link.expiration_date)) changeStatus(world, link, "expired");
}

/** Expires all due links. */
export function expirePaymentLinks(world: World): void {
  for (const link of world.store.state.payment_links.values()) expireIfDue(world, link);
}
