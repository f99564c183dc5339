import type { PaymentLink } from "@qonto-pay/core/qonto";
import { logDefect, logUnclaimedPayment } from "../log.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { QontoFault } from "../qonto/qonto-fault.ts";
import type { UnclaimedLink } from "../storage/unclaimed-links.ts";

/** A create call without an answer may take effect late, so the list is looked through again after these times. */
const LOOK_AGAIN_AFTER_MS = [5_000, 60_000, 600_000];

/** More pages than these are not read for one lost link: the newest come first. */
const MAX_PAGES = 5;

/** While a link of the same checkout is being minted, nobody can tell which of the two is the lost one. */
const ASK_AGAIN_AFTER_MS = 1_000;

/** How far Qonto's clock may be from this one, the time of a create call included. */
const CLOCKS_APART_MS = 60_000;

const SHORTEST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;

/** Deactivates at Qonto what no shopper may pay. Never throws a `QontoFault`: what failed is tried again later. */
export async function deactivateUnclaimedLinks(merchant: Merchant): Promise<void> {
  const due = merchant.unclaimedLinks.due(Date.now());
  let openLinks: Promise<readonly PaymentLink[]> | null = null;
  for (const [index, unclaimed] of due.entries()) {
    try {
      if (unclaimed.linkId !== null) {
        await deactivate(merchant, unclaimed.linkId);
        merchant.unclaimedLinks.remove(unclaimed.id);
      } else if (!isBeingMinted(merchant, unclaimed)) {
        openLinks ??= listNewestOpenLinks(merchant);
        await lookFor(merchant, unclaimed, await openLinks);
      }
    } catch (error) {
      if (!(error instanceof QontoFault)) logDefect("deactivating a link", error);
      const wait = Math.min(SHORTEST_RETRY_MS * 2 ** unclaimed.failures, LONGEST_RETRY_MS);
      merchant.unclaimedLinks.recordFailure(unclaimed.id, Date.now() + wait);
      if (!(error instanceof QontoFault) || (error.kind !== "unavailable" && error.kind !== "rate_limited")) continue;
      // Qonto does not answer: the others wait as well, so that the alarm has time for what else is due.
      for (const waiting of due.slice(index + 1)) {
        merchant.unclaimedLinks.postpone(waiting.id, Date.now() + SHORTEST_RETRY_MS);
      }
      return;
    }
  }
}

async function lookFor(merchant: Merchant, unclaimed: UnclaimedLink, openLinks: readonly PaymentLink[]): Promise<void> {
  for (const link of openLinks.filter((open) => isLinkOf(open, unclaimed))) {
    // Asked anew for each link, because a mint may have begun during the call before.
    if (isBeingMinted(merchant, unclaimed)) return;
    if (merchant.checkouts.findByLink(link.id) === null) await deactivate(merchant, link.id);
  }
  const again = LOOK_AGAIN_AFTER_MS[unclaimed.looks];
  if (again === undefined) merchant.unclaimedLinks.remove(unclaimed.id);
  else merchant.unclaimedLinks.recordLook(unclaimed.id, Date.now() + again);
}

/** Puts it off where it is. Links for one invoice can't be told apart, so any mint of it counts. */
function isBeingMinted(merchant: Merchant, { id, checkoutId, invoiceId }: UnclaimedLink): boolean {
  const alike = invoiceId === null ? [checkoutId] : merchant.unclaimedLinks.checkoutsOfInvoice(invoiceId);
  const isUnderWay = alike.some((candidate) => merchant.mintsUnderWay.has(candidate));
  if (isUnderWay) merchant.unclaimedLinks.postpone(id, Date.now() + ASK_AGAIN_AFTER_MS);
  return isUnderWay;
}

/** @throws QontoFault where the link may still be open. */
async function deactivate(merchant: Merchant, linkId: string): Promise<void> {
  try {
    await merchant.qonto.deactivatePaymentLink(linkId);
  } catch (fault) {
    if (!(fault instanceof QontoFault) || (fault.kind !== "refused" && fault.kind !== "not_found")) throw fault;
    await requireEnded(merchant, linkId, fault);
  }
  const owner = merchant.checkouts.findByLink(linkId);
  if (owner !== null) merchant.checkouts.readLinkAt(owner.id, Date.now());
}

/** Qonto refused to deactivate it. That is fine only where it can't become open any more. */
async function requireEnded(merchant: Merchant, linkId: string, refusal: QontoFault): Promise<void> {
  if (refusal.kind === "not_found") return;
  // A paid link may stay `processing` for good: nothing more comes of trying.
  if (merchant.checkouts.findByLink(linkId)?.status === "paid") return;
  const { status } = await merchant.qonto.getPaymentLink(linkId);
  // Being paid right now, it may become open again: only these are ends.
  if (!["paid", "expired", "canceled"].includes(status)) throw refusal;
  if (status === "paid" && merchant.checkouts.findByLink(linkId) === null) logUnclaimedPayment(linkId);
}

/**
 * Whether a link came of this very create call. A basket's first line names the checkout. An invoice's link names only
 * the invoice, for which the merchant may have made another link, but hardly at the same time.
 */
function isLinkOf(link: PaymentLink, { checkoutId, invoiceId, notedAt }: UnclaimedLink): boolean {
  if (invoiceId === null) return (link.items ?? []).some((item) => item.description?.includes(checkoutId));
  const createdAt = Date.parse(link.created_at);
  return link.invoice_id === invoiceId && Math.abs(createdAt - notedAt) < CLOCKS_APART_MS;
}

async function listNewestOpenLinks(merchant: Merchant): Promise<readonly PaymentLink[]> {
  const found: PaymentLink[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    // A link lives for a fixed time, so those that expire last are the newest.
    const { payment_links, meta } = await merchant.qonto.listPaymentLinks({
      status: ["open"],
      sort_by: "expiration_date:desc",
      per_page: 100,
      page,
    });
    found.push(...payment_links);
    if (page >= meta.total_pages) break;
  }
  return found;
}
