import type { PaymentLink } from "@qonto-pay/core/qonto";
import { QontoFault } from "../qonto/qonto-fault.ts";
import type { UnwantedLink } from "../storage/unwanted-links.ts";
import type { Merchant } from "./merchant.ts";

/** A create call without an answer may take effect late, so the list is read again after these times. */
const LOOK_AGAIN_AFTER_MS = [5_000, 60_000, 600_000];

/** More pages than these are not read for one lost link: the newest come first. */
const MAX_PAGES = 5;

const RETRY_AFTER_MS = 30_000;

/** Deactivates at Qonto what no shopper may pay. Never throws a `QontoFault`: what failed is tried again later. */
export async function deactivateUnwantedLinks(merchant: Merchant): Promise<void> {
  const due = merchant.unwantedLinks.due(Date.now());
  const isUnseenDue = due.some((link) => link.linkId === null);
  const openLinks = isUnseenDue ? await listNewestOpenLinks(merchant) : [];
  for (const unwanted of due) {
    try {
      if (unwanted.linkId !== null) await deactivateSeen(merchant, unwanted.id, unwanted.linkId);
      else if (openLinks === null) merchant.unwantedLinks.postpone(unwanted.id, Date.now() + RETRY_AFTER_MS);
      else await deactivateUnseen(merchant, unwanted, openLinks);
    } catch (fault) {
      if (!(fault instanceof QontoFault)) throw fault;
      merchant.unwantedLinks.postpone(unwanted.id, Date.now() + RETRY_AFTER_MS);
    }
  }
}

async function deactivateSeen(merchant: Merchant, noteId: number, linkId: string): Promise<void> {
  try {
    await merchant.qonto.deactivatePaymentLink(linkId);
  } catch (fault) {
    // Refused or gone: it is no longer open, which is all that is wanted.
    if (!(fault instanceof QontoFault) || (fault.kind !== "refused" && fault.kind !== "not_found")) throw fault;
  }
  merchant.unwantedLinks.remove(noteId);
}

async function deactivateUnseen(
  merchant: Merchant,
  unwanted: UnwantedLink,
  openLinks: readonly PaymentLink[],
): Promise<void> {
  const ownLink = merchant.checkouts.find(unwanted.checkoutId)?.link?.id;
  for (const link of openLinks) {
    if (link.id === ownLink || !namesCheckout(link, unwanted.checkoutId)) continue;
    const noteId = merchant.unwantedLinks.add(unwanted.checkoutId, link.id, Date.now());
    await deactivateSeen(merchant, noteId, link.id);
  }
  const again = LOOK_AGAIN_AFTER_MS[unwanted.tries];
  if (again === undefined) merchant.unwantedLinks.remove(unwanted.id);
  else merchant.unwantedLinks.postpone(unwanted.id, Date.now() + again);
}

function namesCheckout(link: PaymentLink, checkoutId: string): boolean {
  return (link.items ?? []).some((item) => item.description?.includes(checkoutId));
}

async function listNewestOpenLinks(merchant: Merchant): Promise<readonly PaymentLink[] | null> {
  const found: PaymentLink[] = [];
  try {
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const { links, isLastPage } = await merchant.qonto.listOpenPaymentLinks(page);
      found.push(...links);
      if (isLastPage) break;
    }
    return found;
  } catch (fault) {
    if (fault instanceof QontoFault) return null;
    throw fault;
  }
}
