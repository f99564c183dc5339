import type { MerchantContext } from "../context/merchant-context.ts";
import { type Finding, ok, warning } from "./check.ts";

/** Whether a payment needs a decision of the merchant: over another amount, or a duplicate. */
export function checkPaymentsToReview(merchant: MerchantContext): Finding<"payments_to_review"> {
  const mismatches = merchant.events.summaryOf("checkout.amount_mismatch");
  const duplicates = merchant.events.summaryOf("checkout.duplicate_payment");
  const measured = {
    amount_mismatches: mismatches.count,
    duplicate_payments: duplicates.count,
    last_checkout_id: (mismatches.number > duplicates.number ? mismatches : duplicates).checkoutId,
  };
  if (mismatches.count + duplicates.count === 0) {
    return ok(
      "In the last 90 days each payment was over the amount of its checkout, and no order was paid twice.",
      measured,
    );
  }
  const message = `In the last 90 days ${mismatches.count} payments were over another amount than their checkout, and ${duplicates.count} were duplicates.`;
  return warning(
    message,
    "Look for checkout.amount_mismatch and checkout.duplicate_payment in GET /v1/events: each names the checkout and the payment. Refund the excess in the Mollie or Qonto account. A checkout with a mismatch stays unpaid, and its `reference` stays blocked: fulfil the order by hand, or refund the payment and open a checkout with another reference.",
    measured,
  );
}
