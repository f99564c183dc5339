import { type CheckoutStatus, isEnded } from "@qonto-pay/core/api";
import { isSameAmount } from "@qonto-pay/core/money";
import type { Payment, PaymentLink, PaymentStatus } from "@qonto-pay/core/qonto";
import type { Checkout } from "../storage/checkouts.ts";

/** The fields of a checkout that decide its next status. */
export type CheckoutBefore = Pick<
  Checkout,
  "status" | "amount" | "isReusable" | "closedAt" | "supersededBy" | "paidLinkSeenAt"
>;

/** The result of one read of Qonto. */
export interface LinkReading {
  /** The link's status at Qonto. */
  readonly status: PaymentLink["status"];
  /** The link's `paid` payments, oldest first; null: they could not be read. */
  readonly paid: readonly Payment[] | null;
  /** The link's other payments. Read only for a `paid` link without a paid payment. */
  readonly unpaid?: UnpaidPayments;
}

/** A link's unpaid payments: none, one that may still become `paid`, or only failed ones. */
export type UnpaidPayments = "none" | "possible" | "failed";

const FAILED: readonly string[] = ["failed", "canceled", "expired"] satisfies readonly PaymentStatus[];

/** Classifies a link's unpaid payments. A payment with an unknown status may become `paid`. */
export function unpaidPayments(payments: readonly Pick<Payment, "status">[]): UnpaidPayments {
  const unpaid = payments.filter(({ status }) => status !== "paid");
  if (unpaid.length === 0) return "none";
  return unpaid.every(({ status }) => FAILED.includes(status)) ? "failed" : "possible";
}

/**
 * How long a link must be `paid` beside an unpaid payment. This is longer than a card or a wallet takes, and leaves a
 * day in which a failure would be seen.
 */
export const CONFIRMED_BESIDE_PAYMENT_MS = 24 * 60 * 60_000;

export interface NextStatus {
  readonly status: CheckoutStatus;
  /** Whether the link is `paid` and no payment is; null: the payments could not be read. */
  readonly isPaidByLinkOnly: boolean | null;
}

/** Whether a payment has exactly the amount of the checkout. */
export function isRightAmount({ amount }: Pick<Checkout, "amount">, payment: Payment): boolean {
  return isSameAmount(payment.amount, amount);
}

/** Whether the checkout can no longer be paid, regardless of the status of its link. */
export function isWithdrawn({ closedAt, supersededBy }: Pick<Checkout, "closedAt" | "supersededBy">): boolean {
  return closedAt !== null || supersededBy !== null;
}

/**
 * Decides the status of a checkout after a read of Qonto.
 *
 * - `paid` never changes. A paid payment with the right amount makes a checkout paid, regardless of its link. In
 *   Qonto's sandbox, a paid link was observed to stay `processing`; one may be `open` for a while; and an ended link
 *   can still receive a payment.
 * - A link that is `paid` without any payment makes a checkout `processing`, and paid if the next read shows the same.
 *   Beside an unpaid payment, the link's status counts after a day. Beside payments that have all failed, it never
 *   counts.
 * - A paid payment with another amount never makes a checkout paid. The checkout is `processing` until its link ends,
 *   and the merchant has to decide.
 * - Only a payment undoes an end. While payments can't be read, no end is recorded.
 * - A reusable checkout never becomes paid as a whole. It only ends.
 * - A link that was deactivated because the checkout's time was over has expired.
 * - A status that this version does not know changes nothing.
 */
export function nextStatus(checkout: CheckoutBefore, reading: LinkReading, now: number): NextStatus {
  const { status: linkStatus, paid } = reading;
  const isPaidByLinkOnly = paid === null ? null : !checkout.isReusable && linkStatus === "paid" && paid.length === 0;
  return { status: statusAfter(checkout, reading, isPaidByLinkOnly === true, now), isPaidByLinkOnly };
}

function statusAfter(
  checkout: CheckoutBefore,
  reading: LinkReading,
  isPaidByLinkOnly: boolean,
  now: number,
): CheckoutStatus {
  const { status, isReusable } = checkout;
  const { status: linkStatus, paid } = reading;
  if (status === "paid") return "paid";
  if (isReusable) return isEnded(status) || paid === null ? status : (endOf(checkout, linkStatus) ?? "open");
  if (paid?.some((payment) => isRightAmount(checkout, payment)) === true) return "paid";
  if (isPaidByLinkOnly && isLinkConfirmed(checkout, reading, now)) return "paid";
  if (isEnded(status)) return status;
  if (linkStatus === "paid" || linkStatus === "processing") return "processing";
  if (paid === null) return status;
  const end = endOf(checkout, linkStatus);
  if (end !== null) return end;
  if (paid.length > 0) return "processing";
  if (linkStatus !== "open") return status;
  // The payment failed after the checkout ended or was superseded, so it must not become payable again.
  return status === "processing" && isWithdrawn(checkout) ? endedAs(checkout) : "open";
}

/** Whether a link's status `paid` counts although none of its payments is paid. */
function isLinkConfirmed({ paidLinkSeenAt }: CheckoutBefore, { unpaid = "none" }: LinkReading, now: number): boolean {
  if (paidLinkSeenAt === null || unpaid === "failed") return false;
  return unpaid === "none" || now - paidLinkSeenAt >= CONFIRMED_BESIDE_PAYMENT_MS;
}

function endOf(checkout: CheckoutBefore, linkStatus: string): CheckoutStatus | null {
  if (linkStatus === "canceled") return endedAs(checkout);
  return linkStatus === "expired" ? "expired" : null;
}

function endedAs({ closedAt }: CheckoutBefore): CheckoutStatus {
  return closedAt === null ? "canceled" : "expired";
}
