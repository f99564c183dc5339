import type { PaymentLink, PaymentLinkPage } from "@qonto-pay/core/qonto";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import type { LinkReservation } from "../storage/link-reservations.ts";
import { hasEnded, isNewestFirst, LinkList } from "./link-list.ts";
import { processDueLinks } from "./process-due-links.ts";
import { markedCheckoutOf } from "./recovery-mark.ts";
import { reportUnmatchedPayment } from "./unmatched-payment.ts";

/** A create call without an answer may take effect late, so the list is searched again after these times. */
const LOOK_AGAIN_AFTER_MS = [5_000, 60_000, 600_000];

/** The pause while a link of the same checkout is being created: until then, the orphan can't be distinguished. */
const ASK_AGAIN_AFTER_MS = 1_000;

/** The tolerated difference between Qonto's clock and this one, including the duration of a create call. */
const CLOCKS_APART_MS = 60_000;

/** Deactivates links at Qonto that no shopper may pay. Never throws a `QontoError`: failures are retried later. */
export async function cleanUpOrphanedLinks(merchant: MerchantContext): Promise<void> {
  const due = merchant.linkReservations.due(Date.now());
  const list = new LinkList(merchant);
  await processDueLinks(merchant.linkReservations, due, "deactivate a link", async (reservation) => {
    if (reservation.linkId !== null) {
      await deactivate(merchant, reservation.linkId, reservation.checkoutId);
      merchant.linkReservations.remove(reservation.id);
    } else if (!isBeingMinted(merchant, reservation)) {
      await lookFor(merchant, reservation, list);
    }
  });
}

/**
 * Searches Qonto's list for the link of one create call: page by page until the links were created before that call, or
 * to the end if the list is unordered. A search that was interrupted or failed continues where it stopped. The
 * reservation is removed only after complete searches.
 */
async function lookFor(merchant: MerchantContext, reservation: LinkReservation, list: LinkList): Promise<void> {
  let { nextPage, isInOrder } = reservation;
  for (;;) {
    const page = await list.read(nextPage);
    if (page === null) return merchant.linkReservations.postpone(reservation.id, Date.now());
    for (const link of page.payment_links.filter((listed) => isLinkOf(listed, reservation))) {
      // Checked again for each link, because a creation may have begun during the previous call.
      if (isBeingMinted(merchant, reservation)) return;
      if (await endOrphan(merchant, link, reservation, list)) return merchant.linkReservations.remove(reservation.id);
    }
    isInOrder &&= isNewestFirst(page.payment_links) && (nextPage > 1 || beginsWithNewest(merchant, reservation, page));
    if (nextPage >= page.meta.total_pages || (isInOrder && isBefore(reservation, page.payment_links[0]))) break;
    nextPage += 1;
    merchant.linkReservations.recordPage(reservation.id, nextPage, isInOrder);
  }
  const again = LOOK_AGAIN_AFTER_MS[reservation.looks];
  if (again === undefined) merchant.linkReservations.remove(reservation.id);
  else merchant.linkReservations.recordLook(reservation.id, Date.now() + again);
}

/** Whether a list begins with a link that is not older than the newest known one. Otherwise it has another order. */
function beginsWithNewest(
  { checkouts }: MerchantContext,
  { notedAt }: LinkReservation,
  { payment_links }: PaymentLinkPage,
): boolean {
  const known = checkouts.newestMintedBefore(notedAt);
  const first = Date.parse(payment_links[0]?.created_at ?? "");
  return known === null || first >= known - CLOCKS_APART_MS;
}

/** Whether this link was created before the create call, and so every later one in a list with the newest first. */
function isBefore({ notedAt }: LinkReservation, newest: PaymentLink | undefined): boolean {
  return newest !== undefined && Date.parse(newest.created_at) < notedAt - CLOCKS_APART_MS;
}

/**
 * Deactivates an orphan and removes its reservation. Each create call created at most one link, so another orphan of
 * the same checkout is left to the next reservation.
 *
 * @returns whether the link was an orphan that a shopper could pay until now.
 * @throws QontoError if the link may still be open.
 */
async function endOrphan(
  merchant: MerchantContext,
  link: PaymentLink,
  { checkoutId }: LinkReservation,
  list: LinkList,
): Promise<boolean> {
  if (merchant.checkouts.findByLink(link.id) !== null || merchant.linkReservations.has(link.id)) return false;
  if (link.status === "paid") await reportUnmatchedPayment(merchant, link, checkoutId);
  if (list.isEnded(link)) return false;
  await deactivate(merchant, link.id, checkoutId);
  list.recordEnd(link);
  return true;
}

/**
 * Postpones the search if a link is being created. Links of one invoice can't be distinguished, so any creation of it
 * counts.
 */
function isBeingMinted(merchant: MerchantContext, { id, checkoutId, invoiceId }: LinkReservation): boolean {
  const alike = invoiceId === null ? [checkoutId] : merchant.linkReservations.checkoutsOfInvoice(invoiceId);
  const isUnderWay = alike.some((candidate) => merchant.inFlightCreations.has(candidate));
  if (isUnderWay) merchant.linkReservations.postpone(id, Date.now() + ASK_AGAIN_AFTER_MS);
  return isUnderWay;
}

/** @throws QontoError if the link may still be open. */
async function deactivate(merchant: MerchantContext, linkId: string, checkoutId: string): Promise<void> {
  try {
    const link = await merchant.qonto.deactivatePaymentLink(linkId);
    // A paid link may have been open until now.
    if (merchant.checkouts.findByLink(linkId) === null) await reportUnmatchedPayment(merchant, link, checkoutId);
  } catch (fault) {
    if (!(fault instanceof QontoError) || (fault.kind !== "refused" && fault.kind !== "not_found")) throw fault;
    await requireEnded(merchant, linkId, checkoutId, fault);
  }
  const owner = merchant.checkouts.findByLink(linkId);
  if (owner !== null) merchant.checkoutReads.readLinkAt(owner.id, Date.now());
}

/** Handles a rejected deactivation. It is harmless only if the link can no longer become open. */
async function requireEnded(
  merchant: MerchantContext,
  linkId: string,
  checkoutId: string,
  refusal: QontoError,
): Promise<void> {
  if (refusal.kind === "not_found") return;
  // A paid link may stay `processing` forever, so retries are useless.
  if (merchant.checkouts.findByLink(linkId)?.status === "paid") return;
  const link = await merchant.qonto.getPaymentLink(linkId);
  const isOrphan = merchant.checkouts.findByLink(linkId) === null;
  if (isOrphan && (await reportUnmatchedPayment(merchant, link, checkoutId))) return;
  // A link that is being paid may become open again.
  if (!hasEnded(link)) throw refusal;
}

/**
 * Whether this create call created the link. A basket's lines name the checkout. An invoice's link names only the
 * invoice. The merchant may have created another link for the invoice, but hardly at the same time.
 */
export function isLinkOf(link: PaymentLink, { checkoutId, invoiceId, notedAt }: LinkReservation): boolean {
  if (invoiceId === null) return markedCheckoutOf(link) === checkoutId;
  const createdAt = Date.parse(link.created_at);
  return link.invoice_id === invoiceId && Math.abs(createdAt - notedAt) < CLOCKS_APART_MS;
}
