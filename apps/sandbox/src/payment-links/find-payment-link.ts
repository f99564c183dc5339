import { notFound } from "../api/api-error.ts";
import type { Call } from "../http/call.ts";
import type { StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { expireIfDue } from "./expire-payment-links.ts";

/**
 * Returns the link in the path, expired if it is due.
 *
 * @throws ApiError 404 if it does not exist.
 */
export function findPaymentLink(world: World, call: Call): StoredPaymentLink {
  const link = world.store.state.payment_links.get(call.params["id"] ?? "");
  if (link === undefined) throw notFound("Payment link not found");
  expireIfDue(world, link);
  return link;
}
