import { CHECKOUT_STATUSES, type CheckoutStatus, isEnded, type MerchantEventType } from "@qonto-pay/core/api";
import { reportOf, snapshotOf } from "../merchant/checkout-report.ts";
import type { Merchant } from "../merchant/merchant.ts";
import { recordEvent } from "../merchant/record-event.ts";
import type { Lane } from "../qonto/call-gate.ts";
import type { Checkout } from "../storage/checkouts.ts";
import { listPaidPayments } from "./list-paid-payments.ts";
import { withdrawAtOnce } from "./withdraw-link.ts";

/**
 * Brings a checkout to where Qonto's own answer says its link is, records each transition once, and tells whoever
 * watches it.
 *
 * @param lane `pay` where a shopper waits for it.
 * @throws QontoFault where the link can't be read, or its payments; what was read until then is recorded.
 */
export async function advanceCheckout(merchant: Merchant, checkoutId: string, lane: Lane = "other"): Promise<void> {
  const { readsUnderWay } = merchant;
  // One after the other: of two that overlap, the answer that Qonto gave first could come in last.
  const before = readsUnderWay.get(checkoutId) ?? Promise.resolve();
  const read = before.catch(() => undefined).then(() => readAndAdvance(merchant, checkoutId, lane));
  readsUnderWay.set(checkoutId, read);
  try {
    await read;
  } finally {
    if (readsUnderWay.get(checkoutId) === read) readsUnderWay.delete(checkoutId);
  }
}

async function readAndAdvance(merchant: Merchant, checkoutId: string, lane: Lane): Promise<void> {
  const link = merchant.checkouts.find(checkoutId)?.link;
  if (link == null) return;
  const read = await merchant.qonto.getPaymentLink(link.id, lane);
  const before = merchant.checkouts.find(checkoutId);
  if (before === null) return;
  const status = statusAfter(before, read.status);
  merchant.checkouts.recordReading(checkoutId, status, read);
  const checkout = { ...before, status };
  if (status !== before.status) {
    recordEvent(merchant, eventOf(status), { checkout: snapshotOf(checkout) });
    if (status === "paid" && checkout.supersededBy !== null) {
      recordEvent(merchant, "checkout.paid_although_superseded", { checkout: snapshotOf(checkout) });
    }
    merchant.watchers.tell(checkoutId, reportOf(checkout));
  }
  if (read.status === "open" && isWithdrawn(before)) await withdrawAtOnce(merchant, before);
  if (status === "paid" || checkout.isReusable) await recordPayments(merchant, checkout, link.id);
}

/**
 * Paid stays paid, whatever comes later, and an end is undone by a payment only; a status that this version does not know changes nothing. What any number of
 * people may pay is never paid as a whole: it only ends. A link that was deactivated because the checkout's time was
 * over has expired. One whose payment fails after that, or after another checkout has taken its place, is not open again.
 */
export function statusAfter(
  checkout: Pick<Checkout, "status" | "isReusable" | "closedAt" | "supersededBy">,
  linkStatus: string,
): CheckoutStatus {
  const { status, isReusable, closedAt } = checkout;
  if (status === "paid") return "paid";
  const next = CHECKOUT_STATUSES.find((known) => known === linkStatus) ?? status;
  if (isEnded(status) && next !== "paid") return status;
  if (isReusable && (next === "paid" || next === "processing")) return "open";
  const isOver = next === "canceled" || (next === "open" && status === "processing" && isWithdrawn(checkout));
  if (!isOver) return next;
  return closedAt === null ? "canceled" : "expired";
}

/** Whether nobody is to pay it any more, whatever Qonto says of its link. */
function isWithdrawn({ closedAt, supersededBy }: Pick<Checkout, "closedAt" | "supersededBy">): boolean {
  return closedAt !== null || supersededBy !== null;
}

/** The first payment of a checkout is what made it paid. Any other is told of as an event of its own. */
async function recordPayments(merchant: Merchant, checkout: Checkout, linkId: string): Promise<void> {
  const reading = await listPaidPayments(merchant, checkout.id, linkId);
  for (const payment of reading.payments) {
    const isFirst = merchant.payments.count(checkout.id) === 0;
    if (!merchant.payments.record(checkout.id, payment, Date.now())) continue;
    if (checkout.isReusable) {
      recordEvent(merchant, "checkout.payment_received", { checkout: snapshotOf(checkout), payment });
    } else if (!isFirst) {
      recordEvent(merchant, "checkout.paid_again", { checkout: snapshotOf(checkout), payment });
    }
  }
  await reading.finish();
}

function eventOf(status: CheckoutStatus): MerchantEventType {
  return `checkout.${status}`;
}
