import type { Call } from "../http/call.ts";
import { expireIfDue } from "../payment-links/expire-payment-links.ts";
import type { PaymentAttempt, StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";

/** Returns the link of a pay page. Both ids in the URL must match. */
export function findPayLink(world: World, call: Call): StoredPaymentLink | undefined {
  const link = [...world.store.state.payment_links.values()].find(
    ({ pay_id, resource_id }) => pay_id === call.params["payId"] && resource_id === call.query.get("resource_id"),
  );
  if (link !== undefined) expireIfDue(world, link);
  return link;
}

/** Returns the attempt in the URL if it belongs to this link. */
export function findAttempt(world: World, call: Call, link: StoredPaymentLink): PaymentAttempt | undefined {
  const attempt = world.store.state.payment_attempts.get(call.query.get("attempt") ?? "");
  return attempt?.payment_link_id === link.id ? attempt : undefined;
}

/** Returns the path of a link's pay page or of one of its steps. */
export function payPath(link: StoredPaymentLink, step = "", query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams({ resource_id: link.resource_id, ...query });
  return `/payment-links/${link.pay_id}${step}?${search.toString()}`;
}
