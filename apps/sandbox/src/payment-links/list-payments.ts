import { PAYMENT_STATUSES, type Payment } from "@qonto-pay/core/qonto";
import { readSortBy, readStatuses } from "../api/list-query.ts";
import { pageOf } from "../api/page.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { StoredPayment } from "../state/state.ts";
import type { World } from "../world.ts";
import { findPaymentLink } from "./find-payment-link.ts";

/** Handles `GET /v2/payment_links/{id}/payments`. Without `sort_by`, the newest payment is first. */
export function listPayments(world: World, call: Call): Answer {
  const link = findPaymentLink(world, call);
  const statuses = readStatuses(call, PAYMENT_STATUSES);
  const order = readSortBy(call, ["creation_date:asc", "creation_date:desc"]);
  const { payments_total, payments_list } = world.store.state.behaviour.switches;
  const made = payments_list === "empty" ? [] : [...world.store.state.payments.values()];
  const all = made.filter((payment) => payment.payment_link_id === link.id);
  const found = all.filter((payment) => statuses?.has(payment.status) ?? true);
  if (order !== "creation_date:asc") found.reverse();
  const { records, meta } = pageOf(call, found);
  const counted = payments_total === "unfiltered" ? { total_count: all.length } : {};
  return json(200, { payments: records.map(showPayment), meta: { ...meta, ...counted } });
}

/** Returns a payment in Qonto's format. */
export function showPayment({ payment_link_id: _notPartOfIt, ...payment }: StoredPayment): Payment {
  return payment;
}
