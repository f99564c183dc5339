import type { StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { changeStatus } from "./change-status.ts";

/** Expires a link that is still open after its expiration date. */
export function expireIfDue(world: World, link: StoredPaymentLink): void {
  if (link.status === "open" && world.clock.isPast(link.expiration_date)) changeStatus(world, link, "expired");
}

/** Does so for all links. */
export function expirePaymentLinks(world: World): void {
  for (const link of world.store.state.payment_links.values()) expireIfDue(world, link);
}
