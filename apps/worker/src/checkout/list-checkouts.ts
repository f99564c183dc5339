import type { CheckoutPage, CheckoutsQuery } from "@qonto-pay/core/api";
import type { ListPaymentsQuery, PaymentPage } from "@qonto-pay/core/qonto";
import { checkoutNotFound } from "../errors/id-error.ts";
import { snapshotOf } from "../events/serialize-checkout.ts";
import type { MerchantContext } from "../context/merchant-context.ts";
import { translateQontoErrors } from "../errors/translate-qonto-errors.ts";
import { pageOf, unknownAfter } from "../context/list-page.ts";

/** Returns the merchant's checkouts, newest first. @throws ApiError `invalid_request` for an unknown `after`. */
export function listCheckouts(merchant: MerchantContext, query: CheckoutsQuery): CheckoutPage {
  const { status, reference, metadata, opened_by: openedBy, after, limit = 20, created_from, created_before } = query;
  const createdFrom = created_from === undefined ? undefined : Date.parse(created_from);
  const createdBefore = created_before === undefined ? undefined : Date.parse(created_before);
  const filter = { status, reference, metadata, openedBy, createdFrom, createdBefore, after };
  const found = merchant.checkouts.list(filter, limit + 1);
  if (found === null) throw unknownAfter("There is no checkout with this id.");
  const page = pageOf(found.checkouts.map(snapshotOf), limit);
  return found.stoppedAt === null ? page : { ...page, has_more: true, next_after: found.stoppedAt };
}

const NO_PAYMENTS: PaymentPage = {
  payments: [],
  meta: { current_page: 1, next_page: null, prev_page: null, total_pages: 0, total_count: 0, per_page: 100 },
};

/** Returns all payments and payment attempts, read from Qonto now. @throws ApiError `checkout_not_found`. */
export async function listCheckoutPayments(
  merchant: MerchantContext,
  { id, query }: { readonly id: string; readonly query: ListPaymentsQuery },
): Promise<PaymentPage> {
  const checkout = merchant.checkouts.find(id);
  if (checkout === null) throw checkoutNotFound(id);
  const { link } = checkout;
  return link === null ? NO_PAYMENTS : translateQontoErrors(() => merchant.qonto.listPayments(link.id, query));
}
