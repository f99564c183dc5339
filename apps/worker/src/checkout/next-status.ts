import { type CheckoutStatus, isEnded } from "@qonto-pay/core/api";
import { isSameAmount } from "@qonto-pay/core/money";
import type { Payment, PaymentLink, PaymentStatus } from "@qonto-pay/core/qonto";
import type { Checkout } from "../storage/checkouts.ts";

/** What the next status of a checkout depends on. */
export type CheckoutBefore = Pick<
  Checkout,
  "status" | "amount" | "isReusable" | "closedAt" | "supersededBy" | "paidLinkSeenAt"
>;

/** What one read of Qonto answered. */
export interface LinkReading {
  /** Of the link, in Qonto's own word. */
  readonly status: PaymentLink["status"];
  /** Payments of the link that are `paid`, oldest first; null where Qonto did not answer them. */
  readonly paid: readonly Payment[] | null;
  /** What is listed of its other payments. Of a link that is `paid` without a paid payment only. */
  readonly unpaid?: UnpaidPayments;
}

/** A link's payments that are not `paid`: none; one that may still become it; or only those that have failed. */
export type UnpaidPayments = "none" | "possible" | "failed";

const FAILED: readonly string[] = ["failed", "canceled", "expired"] satisfies readonly PaymentStatus[];

/** What the payments of a link are that are not `paid`. A status that this version does not know may become `paid`. */
export function unpaidPayments(payments: readonly Pick<Payment, "status">[]): UnpaidPayments {
  const unpaid = payments.filter(({ status }) => status !== "paid");
  if (unpaid.length === 0) return "none";
  return unpaid.every(({ status }) => FAILED.includes(status)) ? "failed" : "possible";
}

/**
 * So long a link has to say `paid` beside a payment that is not: longer than a card or a wallet takes, and a day in which a
 * failure would be seen.
 */
export const CONFIRMED_BESIDE_PAYMENT_MS = 24 * 60 * 60_000;

export interface NextStatus {
  readonly status: CheckoutStatus;
  /** Whether the link says `paid` and no payment does; null where the payments could not be read. */
  readonly isPaidByLinkOnly: boolean | null;
}

/** Whether a payment is over exactly what the checkout comes to. */
export function isRightAmount({ amount }: Pick<Checkout, "amount">, payment: Payment): boolean {
  return isSameAmount(payment.amount, amount);
}

/** Whether the checkout can no longer be paid, regardless of what Qonto says of its link. */
export function isWithdrawn({ closedAt, supersededBy }: Pick<Checkout, "closedAt" | "supersededBy">): boolean {
  return closedAt !== null || supersededBy !== null;
}

/**
 * Decides the status of a checkout after a read of Qonto.
 *
 * - `paid` never changes. A paid payment over the right amount makes a checkout paid, regardless of its link: in Qonto's
 *   sandbox a paid link was seen to stay `processing`, one may be `open` for a while, and a payment can come to a link that
 *   has ended.
 * - A link that is `paid` without any payment makes a checkout `processing`, and paid at the next read that says the same.
 *   Beside a payment that is listed and is not paid, the link's word counts after a day. Beside payments that have all
 *   failed, it never does.
 * - A paid payment over another amount never makes a checkout paid. It is `processing` until its link ends: a person has
 *   to look at it.
 * - An end is undone by a payment only. While payments can't be read, no end is recorded.
 * - A reusable checkout is never paid as a whole: it only ends.
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
  // Its payment failed after its end, or after another checkout replaced it: it must not be payable again.
  return status === "processing" && isWithdrawn(checkout) ? endedAs(checkout) : "open";
}

/** Whether the `paid` of a link is believed although none of its payments is. */
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
