import type { PaymentLinkStatus, PaymentStatus } from "@qonto-pay/core/qonto";
import type { PaymentMethodName } from "../state/payment-methods.ts";
import type { StoredPayment, StoredPaymentLink } from "../state/state.ts";
import type { Store } from "../state/store.ts";
import type { World } from "../world.ts";
import { changeStatus } from "./change-status.ts";

/** The pay page of Qonto asks the shopper for an e-mail address. */
const DEBITOR_EMAIL = "shopper@example.com";

/**
 * Whether a shopper can still pay by this link. A single-use link accepts no second payment once one was made or is
 * pending. An expired or canceled link accepts none.
 */
export function isPayable(link: StoredPaymentLink): boolean {
  if (link.reusable) return link.status !== "canceled" && link.status !== "expired";
  return link.status === "open";
}

/** Adds a payment to a link and updates the link's status. */
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

/** Moves a payment to its next status and updates the link's status. */
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
  // If paid links stay `processing`, the payment sends no second event after the one for `processing`.
  if (status === "paid" && link.status === "processing" && next === "processing") return;
  changeStatus(world, link, next);
}

/** Returns the pending or authorized payment of a single-use link. */
export function paymentUnderWay(world: World, link: StoredPaymentLink): StoredPayment | undefined {
  if (link.status !== world.store.state.behaviour.switches.pending_link_status || link.reusable) return undefined;
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
  // Only a forced payment reaches an ended link. A failed one does not reopen it.
  if (link.status === "canceled" || link.status === "expired") {
    const isPaid = payment === "paid" && !link.reusable && switches.late_payment_status === "paid";
    return isPaid ? "paid" : link.status;
  }
  // An unpaid payment does not change a reusable link: the next shopper can pay.
  if (link.reusable) return payment === "paid" ? switches.reusable_link_status : link.status;
  if (link.status === "paid") return "paid";
  if (payment === "paid") return switches.paid_link_status;
  if (link.status === "processing" && hasPaidPayment(store, link)) return "processing";
  return payment === "pending" || payment === "authorized" ? switches.pending_link_status : "open";
}
