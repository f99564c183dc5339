import type { PaymentLinkStatus, PaymentStatus } from "@qonto-pay/core/qonto";
import type { PaymentMethodName } from "../state/payment-methods.ts";
import type { StoredPayment, StoredPaymentLink } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import type { World } from "../world.ts";
import { changeStatus } from "./change-status.ts";

/** What the pay page would ask the shopper for. */
const DEBITOR_EMAIL = "shopper@example.com";

/**
 * Whether somebody can still pay by this link. A single-use link takes no second payment once one was made or is under
 * way; an expired or canceled link takes none at all.
 */
export function isPayable(link: StoredPaymentLink): boolean {
  if (link.reusable) return link.status !== "canceled" && link.status !== "expired";
  return link.status === "open";
}

/** Adds a payment to a link, with its effect on the link. */
export function recordPayment(
  world: World,
  link: StoredPaymentLink,
  status: PaymentStatus,
  method: PaymentMethodName,
): StoredPayment {
  const payment: StoredPayment = {
    id: world.clock.newId(),
    payment_link_id: link.id,
    amount: link.amount,
    status: "open",
    payment_method: method,
    debitor_email: DEBITOR_EMAIL,
    created_at: world.clock.iso(),
    paid_at: null,
  };
  world.store.state.payments.set(payment.id, payment);
  movePayment(world, link, payment, status);
  return payment;
}

/** Takes a payment that is under way to its next status, with its effect on the link. */
export function movePayment(
  world: World,
  link: StoredPaymentLink,
  payment: StoredPayment,
  status: PaymentStatus,
): void {
  payment.status = status;
  payment.paid_at = status === "paid" ? world.clock.iso() : null;
  link.latest_payment_method_used = payment.payment_method;
  const next = statusAfter(world, link, status);
  // Where a link stays `processing` for good, that it is paid is no news: no event follows the one for `processing`.
  if (status === "paid" && link.status === "processing" && next === "processing") return;
  changeStatus(world, link, next);
}

/** The payment of a single-use link that is neither settled nor ended. */
export function paymentUnderWay(world: World, link: StoredPaymentLink): StoredPayment | undefined {
  if (link.status !== "processing" || link.reusable) return undefined;
  return [...world.store.state.payments.values()].findLast(
    (payment) =>
      payment.payment_link_id === link.id && (payment.status === "pending" || payment.status === "authorized"),
  );
}

function hasPaidPayment(store: Store, { id }: StoredPaymentLink): boolean {
  return [...store.state.payments.values()].some(
    ({ payment_link_id, status }) => payment_link_id === id && status === "paid",
  );
}

function statusAfter({ store }: World, link: StoredPaymentLink, payment: PaymentStatus): PaymentLinkStatus {
  const { switches } = store.state.behaviour;
  // Only a payment that was forced comes to a link that has ended. None that fails opens it again.
  if (link.status === "canceled" || link.status === "expired") {
    const isPaid = payment === "paid" && !link.reusable && switches.late_payment_status === "paid";
    return isPaid ? "paid" : link.status;
  }
  // A reusable link waits for the next shopper, regardless of a payment that was not paid.
  if (link.reusable) return payment === "paid" ? switches.reusable_link_status : link.status;
  if (link.status === "paid") return "paid";
  if (payment === "paid") return switches.paid_link_status;
  if (link.status === "processing" && hasPaidPayment(store, link)) return "processing";
  return payment === "pending" || payment === "authorized" ? "processing" : "open";
}
