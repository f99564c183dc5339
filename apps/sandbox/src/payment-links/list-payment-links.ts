import { PAYMENT_LINK_STATUSES } from "@qonto-pay/core/qonto";
import { readSortBy, readStatuses } from "../api/list-query.ts";
import { pageOf } from "../api/page.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { expirePaymentLinks } from "./expire-payment-links.ts";
import { showPaymentLink } from "./payment-link-answer.ts";
import { tenThousandths } from "./ten-thousandths.ts";

type Compare = (a: StoredPaymentLink, b: StoredPaymentLink) => number;

const byAmount: Compare = (a, b) => {
  const difference = tenThousandths(a.amount.value) - tenThousandths(b.amount.value);
  return difference === 0n ? 0 : difference < 0n ? -1 : 1;
};
const byExpiration: Compare = (a, b) => Date.parse(a.expiration_date) - Date.parse(b.expiration_date);

/** `GET /v2/payment_links`. The order without `sort_by` is not documented; here the newest comes first. */
export function listPaymentLinks(world: World, call: Call): Answer {
  expirePaymentLinks(world);
  const statuses = readStatuses(call, PAYMENT_LINK_STATUSES);
  const order = readSortBy(call, ["amount:asc", "amount:desc", "expiration_date:asc", "expiration_date:desc"]);
  const found = [...world.store.state.payment_links.values()]
    .toReversed()
    .filter((link) => statuses?.has(link.status) ?? true);
  if (order !== undefined) {
    const compare = order.startsWith("amount") ? byAmount : byExpiration;
    found.sort(order.endsWith("asc") ? compare : (a, b) => compare(b, a));
  }
  const { records, meta } = pageOf(call, found);
  return json(200, { payment_links: records.map((link) => showPaymentLink(world, link)), meta });
}
