import type { PaymentLink } from "@qonto-pay/core/qonto";
import { snapshotOf } from "../events/serialize-checkout.ts";
import { logUnmatchedPayment } from "../context/log.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { recordEvent } from "../events/record-event.ts";

/**
 * Reports once for each link that an orphaned link was paid, because no checkout knows this payment. Also reads the
 * payments, because a paid link may stay `processing` or `open`.
 *
 * @param checkoutId the checkout for which the link was created.
 * @returns whether the link is paid.
 * @throws QontoError if the payments can't be read.
 */
export async function reportUnmatchedPayment(
  merchant: MerchantContext,
  link: PaymentLink,
  checkoutId: string,
): Promise<boolean> {
  const query = { status: ["paid"], sort_by: "creation_date:asc", per_page: 100 } as const;
  const { payments } = await merchant.qonto.listPayments(link.id, query);
  const payment = payments.find(({ status }) => status === "paid");
  if (payment === undefined && link.status !== "paid") return false;
  const checkout = merchant.checkouts.find(checkoutId);
  merchant.transaction(() => {
    // A checkout may have received the link during the call.
    if (merchant.checkouts.findByLink(link.id) !== null) return;
    if (!merchant.unmatchedPayments.add(link.id, Date.now())) return;
    recordEvent(merchant, "payment.unmatched", {
      payment_link: { id: link.id, amount: link.amount },
      ...(payment === undefined ? {} : { payment }),
      ...(checkout === null ? {} : { checkout: snapshotOf(checkout) }),
    });
    logUnmatchedPayment(merchant.name, link.id);
  });
  return true;
}
