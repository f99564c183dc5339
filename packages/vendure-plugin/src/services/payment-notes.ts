import type { CheckoutSnapshot, Payment, PaymentLink } from "@qonto-pay/client";
import { CurrencyCode, type Order } from "@vendure/core";
import { euros, priceOf } from "./money.ts";
import type { OrderWithDue } from "./qonto-pay-order.service.ts";

/** Notes for the merchant about payments that could not be added to an order: what happened, and what to do. */

/** An order with a Qonto payment that is underpaid, or that is in another currency than the payment. */
export interface Shortfall {
  readonly order: Pick<Order, "id" | "code" | "currencyCode">;
  /** All amounts are in cents, VAT included. Vendure does not store the currency of a payment. */
  readonly total: number;
  readonly paid: number;
  /** The amount of authorized payments, which the merchant can settle. */
  readonly authorized: number;
}

const REFUND = "refund it in your Mollie or Qonto account, and note it here";

const IN_EUROS = `make an order in EUR for what was paid, or ${REFUND}`;

/** The answer to every refund in Vendure, because Qonto's API has no refunds. */
export const NO_REFUND_HERE = `A Qonto payment can't be refunded from the shop: ${REFUND}.`;

/** @param why the reason and what to do, from one of the functions below. */
export function notBooked({ id, amount }: CheckoutSnapshot, why: string): string {
  return `${amount.value} ${amount.currency} were paid by Qonto checkout ${id}, and not added to this order: ${why}`;
}

export function byHand(why: string): string {
  return `${why} Fulfil the order and note the payment by hand, or ${REFUND}.`;
}

export function nothingDue({ state }: Order): string {
  return byHand(`nothing was due (the order is ${state}), so it may have been paid twice.`);
}

export function otherAmountDue(due: number): string {
  return byHand(`it has changed since, and ${euros(due).value} EUR are due.`);
}

/** Vendure does not store the currency of a payment: it counts each payment in the order's currency. */
export function otherCurrencyDue({ order: { currencyCode }, due }: OrderWithDue): string {
  return (
    `it has changed since, and ${priceOf(due, currencyCode)} are due. Don't note the payment in this order, which ` +
    `would count it as ${currencyCode}: ${IN_EUROS}.`
  );
}

export function mayNotBeFulfilled({ order: { currencyCode }, total, paid, authorized }: Shortfall): string {
  const cost = `This order can't be fulfilled: it comes to ${priceOf(total, currencyCode)}, and`;
  if (currencyCode !== CurrencyCode.EUR)
    return `${cost} Qonto has taken EUR for it: ${IN_EUROS}. Then cancel this one.`;
  const toSettle = authorized > 0 ? ` First settle the ${euros(authorized).value} EUR that are authorized.` : "";
  const known = `${cost} ${euros(paid).value} EUR are paid.${toSettle}`;
  const missing = total - paid - authorized;
  if (missing <= 0) return known;
  return (
    `${known} Move it to ArrangingAdditionalPayment and add a payment of the missing ${euros(missing).value} EUR ` +
    "as soon as you have them, or cancel what was not paid for."
  );
}

export function paidAgain({ id }: CheckoutSnapshot, payment: Payment | undefined): string {
  const what = payment === undefined ? "a payment" : `the payment ${payment.id}`;
  return `Qonto checkout ${id} was paid again: ${what} is one too many. Look at both payments, and ${REFUND}.`;
}

export function otherAmountPaid({ id, status, amount }: CheckoutSnapshot, payment: Payment | undefined): string {
  const what = payment === undefined ? "another amount" : `${payment.amount.value} ${payment.amount.currency}`;
  return `Qonto checkout ${id} is over ${amount.value} ${amount.currency}, and ${what} were paid${status === "paid" ? "" : ", so the order is not paid"}: ${byHand("the amounts differ.")} Qonto takes no other payment for this order: after a refund, have the shopper place a new one.`;
}

export function paidOldLink({ id, superseded_by: by }: CheckoutSnapshot): string {
  return (
    `Qonto checkout ${id} was paid although ${by ?? "another one"} had replaced it. ` +
    `Check whether the order was paid twice. If it was, look at both payments, and ${REFUND}.`
  );
}

export function unmatchedPayment(link: Pick<PaymentLink, "id" | "amount">, payment: Payment | undefined): string {
  const { value, currency } = payment?.amount ?? link.amount;
  return `${value} ${currency} were paid with payment link ${link.id}, which belongs to no checkout, so they are not added to this order. ${byHand("Check whether the order was paid twice.")}`;
}

export function notHandled(eventType: string, { id }: CheckoutSnapshot): string {
  return (
    `Qonto checkout ${id} of this order got a ${eventType} event, which the shop could not handle. ` +
    "The log shows why. The shop tries again every few minutes. Don't ask the shopper to pay again."
  );
}
