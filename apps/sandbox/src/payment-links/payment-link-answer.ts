import type { ShownPaymentLink, StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";

/**
 * Returns the address of the pay page. It uses the current origin, so that stored links stay valid if the port changes.
 */
export function payUrl(world: World, link: StoredPaymentLink): string {
  return `${world.origin}/payment-links/${link.pay_id}?resource_id=${link.resource_id}`;
}

/** The end date of a link without an end: the zero time of the language Go, as Qonto answers it. */
const NO_END = "0001-01-01T00:00:00Z";

/** Before any link was created. */
const PAST_END = "2020-01-01T00:00:00Z";

/**
 * Returns a link's expiration date as the behaviour shows it in answers and events: the real one, another one, or
 * undefined. A link without the real date never expires.
 */
export function shownEnd({ store }: World, link: StoredPaymentLink): string | number | undefined {
  switch (store.state.behaviour.switches.expiration_date) {
    case "real":
      return link.expiration_date;
    case "zero":
      return NO_END;
    case "absent":
      return undefined;
    case "past":
      return PAST_END;
    case "number":
      return Math.floor(Date.parse(link.expiration_date) / 1000);
  }
}

/** Returns a rate as observed: `10` becomes `10.00`. */
function withTwoDecimals(rate: string): string {
  const [whole, decimals = ""] = rate.split(".");
  return `${whole}.${decimals.padEnd(2, "0")}`;
}

/** Returns a link in Qonto's format. Source: `PaymentLink` of Qonto's contract. */
export function showPaymentLink(world: World, link: StoredPaymentLink): ShownPaymentLink {
  return {
    id: link.id,
    status: link.status,
    expiration_date: shownEnd(world, link),
    potential_payment_methods: link.potential_payment_methods,
    amount: link.amount,
    resource_type: link.resource_type,
    items: link.items?.map((item) => ({ ...item, vat_rate: withTwoDecimals(item.vat_rate) })) ?? null,
    reusable: link.reusable,
    invoice_id: link.invoice_id,
    invoice_number: link.invoice_number,
    debitor_name: link.debitor_name,
    created_at: link.created_at,
    url: payUrl(world, link),
  };
}

/** Returns the answer to reading or deactivating a link: in an envelope or bare. The documentation has shown both. */
export function paymentLinkAnswer(
  world: World,
  link: StoredPaymentLink,
): ShownPaymentLink | { payment_link: ShownPaymentLink } {
  const shown = showPaymentLink(world, link);
  return world.store.state.payment_link_shape === "bare" ? shown : { payment_link: shown };
}
