import { notFound } from "../api/api-error.ts";
import type { Call } from "../http/call.ts";
import type { StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { expireIfDue } from "./expire-payment-links.ts";

/**
 * The link that the path names, expired if its time has come.
 *
 * @throws ApiError 404 when there is none.
 */
export function findPaymentLink(world: World, call: Call): StoredPaymentLink {
  const link = world.store.state.payment_links.get(call.params["id"] ?? "");
  if (link === undefined) throw notFound("Payment link not found");
  expireIfDue(world, link);
  return link;
}
