import type { Merchant } from "../merchant/merchant.ts";
import type { Checkout } from "../storage/checkouts.ts";

/**
 * Leaves one open checkout for each reference of the merchant's server: the newest. The links of those before it are
 * deactivated. Whoever pays one of them all the same has paid: that is recorded, and told as an event of its own.
 */
export async function supersedeCheckouts(merchant: Merchant, reference: string): Promise<void> {
  const open = merchant.checkouts.openForReference(reference).filter((checkout) => checkout.link !== null);
  const newest = open.at(-1);
  if (newest === undefined) return;
  for (const before of open.slice(0, -1)) await withdraw(merchant, before, newest.id);
}

async function withdraw(merchant: Merchant, { id, link }: Checkout, by: string): Promise<void> {
  merchant.checkouts.supersede(id, by);
  if (link === null || merchant.unclaimedLinks.has(link.id)) return;
  const now = Date.now();
  merchant.unclaimedLinks.add({ checkoutId: id, linkId: link.id, dueAt: now }, now);
  await merchant.wakeBy(now);
}
