import type { Merchant } from "../merchant/merchant.ts";
import type { Checkout } from "../storage/checkouts.ts";

/** Has the link of a checkout deactivated by the next alarm: nobody is to pay it any more. May be repeated. */
export async function withdrawLink(merchant: Merchant, { id, link }: Pick<Checkout, "id" | "link">): Promise<void> {
  if (link === null || merchant.unclaimedLinks.has(link.id)) return;
  const now = Date.now();
  merchant.unclaimedLinks.add({ checkoutId: id, linkId: link.id, dueAt: now }, now);
  await merchant.wakeBy(now);
}
