import type { StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { shownEnd } from "../payment-links/payment-link-answer.ts";
import { announce } from "./announce.ts";
import { PAYMENT_LINKS } from "./event-type.ts";

/** Sends `v1/payment-links`: a link was created or changed. */
export function announcePaymentLink(world: World, link: StoredPaymentLink, event: "created" | "updated"): void {
  announce(world, PAYMENT_LINKS, {
    event,
    status: link.status,
    payment_link_id: link.id,
    amount: link.amount,
    potential_payment_methods: link.potential_payment_methods,
    resource_id: link.resource_id,
    resource_type: link.resource_type,
    ...(link.invoice_number === null ? {} : { resource_metadata: { invoice_number: link.invoice_number } }),
    ...(link.latest_payment_method_used === null
      ? {}
      : { latest_payment_method_used: link.latest_payment_method_used }),
    expired_at: shownEnd(world, link),
    created_at: link.created_at,
    updated_at: link.updated_at,
  });
}
