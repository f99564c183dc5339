import type { Checkout } from "@qonto-pay/core/api";
import { amount, dateTime } from "../locales/format.ts";
import { texts } from "../locales/index.ts";

/** One step of a payment. */
export interface Step {
  /** ISO 8601; null: the time is not recorded. */
  readonly at: string | null;
  readonly text: string;
}

/** Tells what happened to a payment, in order, as far as the Worker and Qonto record it. */
export function storyOf(checkout: Checkout): readonly Step[] {
  const { payment } = texts();
  const { status, created_at, opened_by, payment_link, expires_at } = checkout;
  const opened = {
    button: payment.opened_button,
    server: payment.opened_server,
    offer: payment.opened_offer,
  }[opened_by];
  const known: readonly Step[] = [
    { at: created_at, text: opened },
    ...(payment_link === null ? [] : [{ at: payment_link.created_at, text: payment.link }]),
    ...checkout.payments.flatMap((one) => [
      { at: one.created_at, text: payment.attempt },
      ...(one.status === "paid" ? [{ at: one.paid_at ?? null, text: payment.received(amount(one.amount)) }] : []),
      ...(one.status === "failed" ? [{ at: null, text: payment.failed }] : []),
    ]),
  ];
  if (status === "expired") return [...known, { at: expires_at, text: payment.expired }];
  if (status === "canceled") return [...known, { at: null, text: payment.canceled }];
  if (status !== "open" || expires_at === null) return known;
  return [...known, { at: null, text: payment.until(dateTime(expires_at)) }];
}
