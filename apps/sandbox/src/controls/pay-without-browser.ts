import { PAYMENT_STATUSES } from "@qonto-pay/core/qonto";
import * as z from "zod";
import { ApiError, notFound } from "../api/api-error.ts";
import { parseBody } from "../api/read-json.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import { findPaymentLink } from "../payment-links/find-payment-link.ts";
import { showPayment } from "../payment-links/list-payments.ts";
import { isPayable, movePayment, paymentUnderWay, recordPayment } from "../payment-links/record-payment.ts";
import { PAYMENT_METHODS } from "../state/payment-methods.ts";
import type { StoredPayment, StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";

const paymentSchema = z.strictObject({
  status: z.enum(PAYMENT_STATUSES),
  payment_method: z.enum(PAYMENT_METHODS).default("credit_card"),
  force: z.boolean().default(false),
  payment_id: z.string().optional(),
});

/**
 * Handles `POST /_sandbox/payment_links/{id}/payments`: pays a link as a shopper on the pay page does.
 *
 * If the link is processing, the pending payment moves to its next status. With `force`, another payment is always
 * added, regardless of the link's status, because only Qonto's documentation rules that out. With `payment_id`, that
 * payment of the link moves to the status, as a late result would. Answers 409 if the link accepts no payment.
 */
export function payWithoutBrowser(world: World, call: Call): Answer {
  const link = findPaymentLink(world, call);
  const { status, payment_method, force, payment_id } = parseBody(paymentSchema, call);
  const named = payment_id === undefined ? undefined : findPayment(world, link, payment_id);
  const underWay = named ?? (force ? undefined : paymentUnderWay(world, link));
  if (underWay !== undefined) {
    movePayment(world, link, underWay, status);
    return json(200, { payment: showPayment(underWay) });
  }
  if (!force && !isPayable(link)) {
    throw new ApiError(409, [{ code: "not_payable", detail: `The payment link is ${link.status}` }]);
  }
  return json(201, { payment: showPayment(recordPayment(world, link, status, payment_method)) });
}

function findPayment({ store }: World, link: StoredPaymentLink, id: string): StoredPayment {
  const payment = store.state.payments.get(id);
  if (payment?.payment_link_id !== link.id) throw notFound("Payment not found");
  return payment;
}
