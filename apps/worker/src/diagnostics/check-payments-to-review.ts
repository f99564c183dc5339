import type { MerchantContext } from "../context/merchant-context.ts";
import type { ReviewedType } from "../storage/events.ts";
import { failing, type Finding, ok, warning } from "./check.ts";

/** A `paid` link whose payment is not listed yet needs no decision for this long. */
const PATIENCE_MS = 10 * 60_000;

/** Payments that need the merchant's decision. */
interface Review {
  readonly count: number;
  /** The description that follows their number. */
  readonly are: string;
  readonly remediation: string;
}

/**
 * Checks whether a payment needs the merchant's decision. Fails for one that no checkout knows, since no order is
 * fulfilled.
 */
export function checkPaymentsToReview(merchant: MerchantContext): Finding<"payments_to_review"> {
  const summaryOf = (type: ReviewedType) => merchant.events.summaryOf(type);
  const mismatches = summaryOf("checkout.amount_mismatch");
  const duplicates = summaryOf("checkout.duplicate_payment");
  const superseded = summaryOf("checkout.paid_after_superseded");
  const unmatched = summaryOf("payment.unmatched");
  const unpaid = merchant.checkouts.paidByLinkOnly(Date.now() - PATIENCE_MS);
  const newest = [mismatches, duplicates, superseded, unmatched].toSorted((a, b) => b.number - a.number)[0];
  const measured = {
    amount_mismatches: mismatches.count,
    duplicate_payments: duplicates.count,
    paid_after_superseded: superseded.count,
    unmatched_payments: unmatched.count,
    paid_without_payment: unpaid.count,
    last_checkout_id: newest?.checkoutId ?? unpaid.newestId,
  };
  const reviews: readonly Review[] = [
    {
      count: unmatched.count,
      are: "payments of links that no checkout knows (payment.unmatched)",
      remediation:
        "Nothing was fulfilled for an unmatched payment: find its order by the checkout of the event, and fulfil it by hand if it is not paid otherwise, or refund the payment in the Mollie or Qonto account.",
    },
    {
      count: mismatches.count,
      are: "payments whose amount differs from their checkout's (checkout.amount_mismatch)",
      remediation:
        "A checkout with a mismatch stays `processing`, and its `reference` stays blocked: fulfil the order by hand, or refund the payment and open a checkout with another reference. A checkout with a mismatch that is already `paid` was paid by its link: compare the amounts.",
    },
    {
      count: duplicates.count,
      are: "payments for an order that was paid before (checkout.duplicate_payment)",
      remediation: "Refund the excess in the Mollie or Qonto account.",
    },
    {
      count: superseded.count,
      are: "payments of a superseded checkout (checkout.paid_after_superseded)",
      remediation: "Check whether the newer checkout of its order was also paid, and compare the amounts.",
    },
    {
      count: unpaid.count,
      are: "checkouts whose link is paid at Qonto without a paid payment",
      remediation: `Look at the payments of the link in Qonto (GET /v1/checkouts/{id}/payments, newest: ${unpaid.newestId}) before the order is fulfilled.`,
    },
  ].filter(({ count }) => count > 0);
  if (reviews.length === 0) {
    return ok(
      "In the last 90 days, each payment had the amount of its checkout, and no order was paid twice.",
      measured,
    );
  }
  const found = reviews.map(({ count, are }) => `${count} ${are}`).join("; ");
  const steps = reviews.map(({ remediation }) => remediation).join(" ");
  const finding = unmatched.count > 0 ? failing : warning;
  return finding<"payments_to_review">(
    `To review, of the last 90 days: ${found}.`,
    `Look for the events in GET /v1/events: each names the checkout and the payment. ${steps}`,
    measured,
  );
}
