import { type CheckoutStatus, isEnded } from "@qonto-pay/core/api";
import { isSameAmount } from "@qonto-pay/core/money";
import type { Payment, PaymentLink } from "@qonto-pay/core/qonto";
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
}

export interface NextStatus {
  readonly status: CheckoutStatus;
  /** The link says `paid` and no payment does: the next read that says the same makes the checkout paid. */
  readonly isUnconfirmed: boolean;
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
 * - A link that is `paid` without a paid payment makes a checkout `processing`, and paid at the next read that says the
 *   same.
 * - A paid payment over another amount never makes a checkout paid. It is `processing` until its link ends: a person has
 *   to look at it.
 * - An end is undone by a payment only. While payments can't be read, no end is recorded.
 * - A reusable checkout is never paid as a whole: it only ends.
 * - A link that was deactivated because the checkout's time was over has expired.
 * - A status that this version does not know changes nothing.
 */
export function nextStatus(checkout: CheckoutBefore, { status: linkStatus, paid }: LinkReading): NextStatus {
  const { status, isReusable, paidLinkSeenAt } = checkout;
  if (status === "paid") return confirmed("paid");
  if (isReusable) return confirmed(isEnded(status) || paid === null ? status : (endOf(checkout, linkStatus) ?? "open"));
  if (paid?.some((payment) => isRightAmount(checkout, payment)) === true) return confirmed("paid");
  const isUnconfirmed = linkStatus === "paid" && paid?.length === 0;
  if (isUnconfirmed && paidLinkSeenAt !== null) return confirmed("paid");
  if (isEnded(status)) return { status, isUnconfirmed };
  if (linkStatus === "paid" || linkStatus === "processing") return { status: "processing", isUnconfirmed };
  if (paid === null) return confirmed(status);
  const end = endOf(checkout, linkStatus);
  if (end !== null) return confirmed(end);
  if (paid.length > 0) return confirmed("processing");
  if (linkStatus !== "open") return confirmed(status);
  // Its payment failed after its end, or after another checkout replaced it: it must not be payable again.
  return confirmed(status === "processing" && isWithdrawn(checkout) ? endedAs(checkout) : "open");
}

function confirmed(status: CheckoutStatus): NextStatus {
  return { status, isUnconfirmed: false };
}

function endOf(checkout: CheckoutBefore, linkStatus: string): CheckoutStatus | null {
  if (linkStatus === "canceled") return endedAs(checkout);
  return linkStatus === "expired" ? "expired" : null;
}

function endedAs({ closedAt }: CheckoutBefore): CheckoutStatus {
  return closedAt === null ? "canceled" : "expired";
}
