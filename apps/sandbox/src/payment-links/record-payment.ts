import { randomUUID } from "node:crypto";
import type { PaymentLinkStatus, PaymentMethodName, PaymentStatus } from "@qonto-pay/core/qonto";
import type { StoredPayment, StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { changeStatus } from "./change-status.ts";

/**
 * Whether somebody can still pay by this link. A single-use link takes no second payment once one was made or is under
 * way; an expired or canceled link takes none at all.
 */
export function isPayable(link: StoredPaymentLink): boolean {
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
    id: randomUUID(),
    payment_link_id: link.id,
    amount: link.amount,
    status: "open",
    payment_method: method,
    debitor_email: null,
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
  changeStatus(world, link, statusAfter(link, status));
}

/** The payment of a single-use link that is neither settled nor ended. */
export function paymentUnderWay(world: World, link: StoredPaymentLink): StoredPayment | undefined {
  if (link.status !== "processing") return undefined;
  return [...world.store.state.payments.values()].findLast(
    (payment) =>
      payment.payment_link_id === link.id && (payment.status === "pending" || payment.status === "authorized"),
  );
}

function statusAfter(link: StoredPaymentLink, payment: PaymentStatus): PaymentLinkStatus {
  // A reusable link waits for the next shopper, whatever became of this one.
  if (link.reusable) return link.status;
  if (payment === "paid") return "paid";
  // Only a payment that was forced comes to a link that is closed. It opens none again.
  if (link.status !== "open" && link.status !== "processing") return link.status;
  return payment === "pending" || payment === "authorized" ? "processing" : "open";
}
