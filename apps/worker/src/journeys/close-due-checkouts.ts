import type { Merchant } from "../merchant/merchant.ts";

/** From the alarm: has the links deactivated of checkouts whose own time is over. */
export async function closeDueCheckouts(merchant: Merchant): Promise<void> {
  const now = Date.now();
  for (const { id, link, status } of merchant.checkouts.dueForClosing(now)) {
    merchant.checkouts.recordClosing(id);
    if (link === null) merchant.checkouts.cancelUnminted(id);
    else if (status === "open" && !merchant.unclaimedLinks.has(link.id)) {
      merchant.unclaimedLinks.add({ checkoutId: id, linkId: link.id, dueAt: now }, now);
    }
  }
}
