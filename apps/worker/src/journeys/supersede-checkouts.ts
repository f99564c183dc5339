import { isSameAmount } from "@qonto-pay/core/money";
import type { Merchant } from "../merchant/merchant.ts";
import { withdrawLink } from "./withdraw-link.ts";

/**
 * Leaves one open checkout for each reference of the merchant's server: the newest. The links of those before it are
 * deactivated. Whoever pays one of them all the same has paid: that is recorded, and told as an event of its own. May be
 * repeated.
 */
export async function supersedeCheckouts(merchant: Merchant, reference: string): Promise<void> {
  const open = merchant.checkouts.openForReference(reference).filter((checkout) => checkout.link !== null);
  const newest = open.at(-1);
  if (newest === undefined) return;
  const settled = merchant.checkouts.settledForReference(reference);
  // Paid while the newest link was being created.
  if (settled?.status === "paid" && isSameAmount(newest.amount, settled.amount)) await withdrawLink(merchant, newest);
  for (const before of open.slice(0, -1)) {
    merchant.checkouts.supersede(before.id, newest.id);
    await withdrawLink(merchant, before);
  }
}
