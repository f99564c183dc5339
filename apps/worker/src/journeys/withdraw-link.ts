import type { Merchant } from "../merchant/merchant.ts";
import type { Checkout } from "../storage/checkouts.ts";

/**
 * Has the link of a checkout deactivated: nobody is to pay it any more. May be repeated.
 *
 * @param dueAt when, in milliseconds of the epoch; now where not given.
 */
export async function withdrawLink(
  merchant: Merchant,
  { id, link }: Pick<Checkout, "id" | "link">,
  dueAt = Date.now(),
): Promise<void> {
  if (link === null || merchant.unclaimedLinks.has(link.id)) return;
  merchant.unclaimedLinks.add({ checkoutId: id, linkId: link.id, dueAt }, Date.now());
  await merchant.wakeBy(dueAt);
}

/** The same for a link that can be paid although it was withdrawn: its deactivation was refused, or waits for another try. */
export async function withdrawAtOnce(merchant: Merchant, checkout: Pick<Checkout, "id" | "link">): Promise<void> {
  const now = Date.now();
  await withdrawLink(merchant, checkout, now);
  if (checkout.link === null) return;
  merchant.unclaimedLinks.hasten(checkout.link.id, now);
  await merchant.wakeBy(now);
}
