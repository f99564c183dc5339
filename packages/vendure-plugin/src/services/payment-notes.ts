import type { CheckoutSnapshot, Payment } from "@qonto-pay/client";
import { CurrencyCode, type Order } from "@vendure/core";
import { euros, priceOf } from "./money.ts";
import type { OrderWithDue } from "./qonto-pay-order.service.ts";

/** The merchant's notes on money that is not simply an order's payment: what has happened, and what to do. */

/** An order that Qonto took money for, and that less was paid for than it costs, or something else than it costs. */
export interface Shortfall {
  readonly order: Pick<Order, "id" | "code" | "currencyCode">;
  /** All in cents, VAT included; of which currency a payment is, Vendure does not know. */
  readonly total: number;
  readonly paid: number;
  /** What is not paid yet, and is to be had by settling a payment. */
  readonly authorized: number;
}

const REFUND = "refund it in your Mollie or Qonto account, and note it here";

const IN_EUROS = `make an order in EUR for what was paid, or ${REFUND}`;

/** Qonto's API has no refunds: said wherever Vendure asks for one. */
export const NO_REFUND_HERE = `A Qonto payment can't be refunded from the shop: ${REFUND}.`;

/** @param why and what to do, as `byHand` and those after it say it. */
export function notBooked({ id, amount }: CheckoutSnapshot, why: string): string {
  return `${amount.value} ${amount.currency} were paid by Qonto checkout ${id}, and not added to this order: ${why}`;
}

export function byHand(why: string): string {
  return `${why} Fulfil the order and note the payment by hand, or ${REFUND}.`;
}

export function nothingDue({ state }: Order): string {
  return byHand(`nothing was due any more (it is ${state}), so it may have been paid twice.`);
}

export function otherAmountDue(due: number): string {
  return byHand(`it has changed since, and ${euros(due).value} EUR are due.`);
}

/** Vendure knows no currency of a payment: what is noted in an order is of the order's own. */
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
  return `Qonto checkout ${id} was paid again: ${what} is one too many. Look at both, and ${REFUND}.`;
}

export function otherAmountPaid({ id, amount }: CheckoutSnapshot, payment: Payment | undefined): string {
  const what = payment === undefined ? "another amount" : `${payment.amount.value} ${payment.amount.currency}`;
  return `Qonto checkout ${id} is over ${amount.value} ${amount.currency}, and ${what} were paid, so the order is not paid: ${byHand("the amounts differ.")} Qonto takes no other payment for this order: after a refund, have the shopper place a new one.`;
}

export function paidOldLink({ id, superseded_by: by }: CheckoutSnapshot): string {
  return (
    `Qonto checkout ${id} was paid although ${by ?? "another one"} had taken its place. ` +
    `See that the order was not paid twice; if it was, look at both, and ${REFUND}.`
  );
}

export function notHandled(eventType: string, { id }: CheckoutSnapshot): string {
  return (
    `Qonto checkout ${id} of this order got a ${eventType}, which the shop could not deal with: its log says why. ` +
    "It is tried again every few minutes. Don't ask for the money a second time."
  );
}
