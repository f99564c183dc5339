import type { PaymentLink } from "@qonto-pay/core/qonto";
import { snapshotOf } from "../events/serialize-checkout.ts";
import { logUnmatchedPayment } from "../context/log.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { recordEvent } from "../events/record-event.ts";

/**
 * Reports that an orphaned link was paid, once for each link: money that no checkout knows of. The payments decide as well,
 * because a paid link may stay `processing` or `open`.
 *
 * @param checkoutId of the checkout that the link was created for.
 * @returns whether the link is paid.
 * @throws QontoError where the payments can't be read.
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
    // A checkout may have been given the link during the call.
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
