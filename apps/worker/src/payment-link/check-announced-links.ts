import type { PaymentLink } from "@qonto-pay/core/qonto";
import type { MerchantContext } from "../context/merchant-context.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import type { Checkout } from "../storage/checkouts.ts";
import { isLinkOf } from "./clean-up-orphaned-links.ts";
import { hasEnded } from "./link-list.ts";
import { processDueLinks } from "./process-due-links.ts";
import { markedCheckoutOf } from "./recovery-mark.ts";
import { reportUnmatchedPayment } from "./unmatched-payment.ts";

/** Longer than a create call can take. After this, a regularly created link has its checkout. */
const SETTLED_AFTER_MS = 60_000;

/** The pause while a link is being created for the named checkout, since its answer may be on the way. */
const ASK_AGAIN_AFTER_MS = 1_000;

/**
 * Records a link that an event of Qonto named and no checkout owns. Qonto sends the event `created` at once (field
 * notes of 2026-11-29: GuestFlow, sandbox and production). So it names the link of a create call whose answer was lost,
 * regardless of the number of links.
 */
export function noteAnnouncedLink({ announcedLinks }: MerchantContext, linkId: string, now: number): void {
  announcedLinks.add(linkId, now + SETTLED_AFTER_MS, now);
}

/**
 * Runs from the alarm. Reads each announced link that still has no checkout. A link that names a checkout of ours
 * without being its link is an orphan and is deactivated. All other links were created elsewhere and are left alone.
 * Never throws a `QontoError`: failures are retried later.
 */
export async function checkAnnouncedLinks(merchant: MerchantContext): Promise<void> {
  const { announcedLinks } = merchant;
  const due = announcedLinks.due(Date.now());
  await processDueLinks(announcedLinks, due, "check an announced link", ({ id }) => check(merchant, id));
}

async function check(merchant: MerchantContext, linkId: string): Promise<void> {
  if (isTakenCareOf(merchant, linkId)) return merchant.announcedLinks.remove(linkId);
  const link = await read(merchant, linkId);
  // No await from here: the link's checkout may have been recorded during the call.
  if (link === null || isTakenCareOf(merchant, linkId)) return merchant.announcedLinks.remove(linkId);
  const reservation = reservationOf(merchant, link);
  if (reservation === null) return merchant.announcedLinks.remove(linkId);
  const creating =
    reservation.invoiceId === null
      ? [reservation.checkoutId]
      : merchant.linkReservations.checkoutsOfInvoice(reservation.invoiceId);
  if (creating.some((checkoutId) => merchant.inFlightCreations.has(checkoutId))) {
    return merchant.announcedLinks.postpone(linkId, Date.now() + ASK_AGAIN_AFTER_MS);
  }
  if (!hasEnded(link)) claim(merchant, reservation, link);
  // The reservation may belong to another call whose link is still open. Its own searches remove it.
  else if (link.status === "paid") await reportUnmatchedPayment(merchant, link, reservation.checkoutId);
  merchant.announcedLinks.remove(linkId);
}

/** Whether a checkout owns the link, or its deactivation is scheduled. */
function isTakenCareOf({ checkouts, linkReservations }: MerchantContext, linkId: string): boolean {
  return checkouts.findByLink(linkId) !== null || linkReservations.has(linkId);
}

/** @returns null if the link does not exist or was removed. @throws QontoError */
async function read(merchant: MerchantContext, linkId: string): Promise<PaymentLink | null> {
  try {
    return await merchant.qonto.getPaymentLink(linkId);
  } catch (fault) {
    if (fault instanceof QontoError && fault.kind === "not_found") return null;
    throw fault;
  }
}

interface Reservation {
  /** Null if the reservation was removed before. The link's own lines suffice then. */
  readonly id: number | null;
  readonly checkoutId: string;
  readonly invoiceId: string | null;
}

/** Returns our create call that created a link; null: the link was created elsewhere. */
function reservationOf({ checkouts, linkReservations }: MerchantContext, link: PaymentLink): Reservation | null {
  if (typeof link.invoice_id === "string") {
    const { invoice_id: invoiceId } = link;
    return linkReservations.unidentifiedOf({ invoiceId }).find((reservation) => isLinkOf(link, reservation)) ?? null;
  }
  const checkoutId = markedCheckoutOf(link);
  const checkout = checkoutId === null ? null : checkouts.find(checkoutId);
  if (checkout === null) return null;
  const [reserved] = linkReservations.unidentifiedOf({ checkoutId: checkout.id });
  if (reserved !== undefined) return reserved;
  return isCopy(link, checkout) ? null : { id: null, checkoutId: checkout.id, invoiceId: null };
}

/**
 * Whether someone copied the link of a checkout, and its lines with it. Once a checkout has a link, the Worker creates
 * no other link for it, so a link with a later creation date is not the Worker's.
 */
function isCopy({ created_at: createdAt }: PaymentLink, { link: own }: Checkout): boolean {
  return own !== null && Date.parse(createdAt) > Date.parse(own.body.created_at) + SETTLED_AFTER_MS;
}

function claim({ linkReservations }: MerchantContext, { id, checkoutId }: Reservation, link: PaymentLink): void {
  const now = Date.now();
  if (id === null) linkReservations.add({ checkoutId, linkId: link.id, dueAt: now }, now);
  else linkReservations.identify(id, link.id, now);
}
