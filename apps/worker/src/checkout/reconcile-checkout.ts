import { type CheckoutStatus, isEnded, type MerchantEventType } from "@qonto-pay/core/api";
import type { Payment, PaymentLink } from "@qonto-pay/core/qonto";
import { reportOf, snapshotOf } from "../events/serialize-checkout.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { recordEvent } from "../events/record-event.ts";
import { QontoError } from "../qonto/qonto-error.ts";
import { type Checkout, type CheckoutWithLink, ownReferencesOf } from "../storage/checkouts.ts";
import { withdrawOthers } from "./supersede-checkouts.ts";
import { listPaidPayments, type PaymentReading } from "./list-paid-payments.ts";
import { isRightAmount, isWithdrawn, nextStatus, type UnpaidPayments, unpaidPayments } from "./next-status.ts";
import { deactivateNow } from "../payment-link/schedule-deactivation.ts";

/** The number of payments that are read for a checkout that is paid once. */
const MOST_PAYMENTS = 100;

const NEWEST_PAYMENTS = { sort_by: "creation_date:desc", per_page: 100 } as const;

/** The time until a link that is `paid` without any payment is read again. */
const CONFIRM_AFTER_MS = 5_000;

/** The longest time until an ended checkout is read again, for a late payment. */
const LOOK_AFTER_END_MS = 60 * 60_000;

/**
 * Reads a checkout's link and payments from Qonto, updates the checkout, records each transition once, and notifies the
 * pages that watch it.
 *
 * @throws QontoError if the link or its payments can't be read. The parts that were read until then are recorded.
 */
export async function reconcileCheckout(merchant: MerchantContext, checkoutId: string): Promise<void> {
  const { inFlightReads } = merchant;
  // One after the other: if two reads overlapped, the older answer could arrive last.
  const before = inFlightReads.get(checkoutId) ?? Promise.resolve();
  const read = before.catch(() => undefined).then(() => readAndAdvance(merchant, checkoutId));
  inFlightReads.set(checkoutId, read);
  try {
    await read;
  } finally {
    if (inFlightReads.get(checkoutId) === read) inFlightReads.delete(checkoutId);
  }
}

async function readAndAdvance(merchant: MerchantContext, checkoutId: string): Promise<void> {
  const asked = merchant.checkouts.find(checkoutId);
  if (asked === null || asked.link === null) return;
  const link = await merchant.qonto.getPaymentLink(asked.link.id);
  const payments = await paymentsOrFault(merchant, asked, link);
  if (payments instanceof QontoError) {
    record(merchant, asked, link, null);
    throw payments;
  }
  record(merchant, asked, link, payments.reading.payments, payments.unpaid);
  payments.reading.finish();
}

interface LinkPayments {
  readonly reading: PaymentReading;
  readonly unpaid: UnpaidPayments;
}

/** Reads the payments of a link of any status, since an open link may lag behind them. */
async function paymentsOrFault(
  merchant: MerchantContext,
  asked: CheckoutWithLink,
  link: PaymentLink,
): Promise<LinkPayments | QontoError> {
  try {
    const reading = await listPaidPayments(merchant, asked.id, link.id);
    const hasPaid = reading.payments.length > 0 || merchant.payments.count(asked.id) > 0;
    // Only paid payments were requested. Others matter only if nothing but the link's status shows a payment.
    if (link.status !== "paid" || asked.isReusable || hasPaid) return { reading, unpaid: "none" };
    const { payments } = await merchant.qonto.listPayments(link.id, NEWEST_PAYMENTS);
    return { reading, unpaid: unpaidPayments(payments) };
  } catch (fault) {
    if (fault instanceof QontoError) return fault;
    throw fault;
  }
}

/**
 * Records the answer to the deactivation of a checkout's link.
 *
 * @param reading its payments; null: they could not be read, and a read is scheduled soon.
 */
export function recordDeactivated(
  merchant: MerchantContext,
  checkout: CheckoutWithLink,
  link: PaymentLink,
  reading: PaymentReading | null,
): void {
  // The other payments were not requested.
  record(merchant, checkout, link, reading?.payments ?? null, "possible");
  try {
    if (reading !== null) return reading.finish();
  } catch (fault) {
    if (!(fault instanceof QontoError)) throw fault;
  }
  merchant.checkoutReads.readLinkBy(checkout.id, Date.now());
}

/**
 * Stores the result of one read, with all its consequences, in one transaction.
 *
 * @param fresh paid payments that are not stored yet, oldest first; null: they could not be read.
 * @param unpaid as in `LinkReading`.
 */
function record(
  merchant: MerchantContext,
  asked: CheckoutWithLink,
  link: PaymentLink,
  fresh: readonly Payment[] | null,
  unpaid: UnpaidPayments = "none",
): void {
  const before = merchant.checkouts.reload(asked);
  const { id } = before;
  const stored = before.isReusable ? [] : merchant.payments.newestOf(id, MOST_PAYMENTS);
  const paid = fresh === null ? null : [...stored, ...fresh];
  const now = Date.now();
  const { status, isPaidByLinkOnly } = nextStatus(before, { status: link.status, paid, unpaid }, now);
  const checkout = { ...before, status };
  const isChanged = status !== before.status;
  const own = checkout.isReusable ? undefined : paid?.find((payment) => isRightAmount(checkout, payment));
  merchant.transaction(() => {
    merchant.checkouts.recordReading(id, { status, link, isPaidByLinkOnly }, now);
    if (isChanged) recordTransition(merchant, checkout, own);
    recordPayments(merchant, checkout, fresh ?? [], own);
    if (isChanged) withdrawOthers(merchant, checkout);
  });
  if (isChanged) merchant.statusSubscribers.send(id, reportOf(checkout));
  if (isPaidByLinkOnly === true && status !== "paid" && unpaid === "none") {
    merchant.checkoutReads.readLinkBy(id, now + CONFIRM_AFTER_MS);
  }
  if (isChanged && isEnded(status)) merchant.checkoutReads.readLinkBy(id, now + LOOK_AFTER_END_MS);
  if (link.status === "open" && isWithdrawn(before)) deactivateNow(merchant, before);
}

/** @param payment the payment that made the checkout paid; undefined: none is known. */
function recordTransition(merchant: MerchantContext, checkout: Checkout, payment: Payment | undefined): void {
  const { id, status, supersededBy } = checkout;
  const data = { checkout: snapshotOf(checkout) };
  recordEvent(merchant, eventOf(status), data);
  if (status !== "paid") return;
  if (supersededBy !== null) recordEvent(merchant, "checkout.paid_after_superseded", data);
  const settled = ownReferencesOf(checkout).map((reference) => merchant.checkouts.settledForReference(reference, id));
  const other = settled.find((one) => one?.status === "paid");
  if (other == null) return;
  const duplicate = { ...data, ...(payment === undefined ? {} : { payment }), duplicate_of: other.id };
  recordEvent(merchant, "checkout.duplicate_payment", duplicate);
}

/**
 * Stores the new payments, and reports those that are duplicates or have another amount.
 *
 * @param own the payment that makes or has made the checkout paid; undefined: none.
 */
function recordPayments(
  merchant: MerchantContext,
  checkout: Checkout,
  fresh: readonly Payment[],
  own: Payment | undefined,
): void {
  for (const payment of fresh) {
    if (!merchant.payments.record(checkout.id, payment, Date.now()) || payment === own) continue;
    const data = { checkout: snapshotOf(checkout), payment };
    if (own !== undefined) recordEvent(merchant, "checkout.duplicate_payment", { ...data, duplicate_of: checkout.id });
    else if (isRightAmount(checkout, payment)) recordEvent(merchant, "checkout.payment_received", data);
    else recordEvent(merchant, "checkout.amount_mismatch", data);
  }
}

function eventOf(status: CheckoutStatus): MerchantEventType {
  return `checkout.${status}`;
}
