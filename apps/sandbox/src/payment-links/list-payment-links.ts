import { PAYMENT_LINK_STATUSES } from "@qonto-pay/core/qonto";
import { readSortBy, readStatuses } from "../api/list-query.ts";
import { pageOf } from "../api/page.ts";
import { type Answer, json } from "../http/answer.ts";
import type { Call } from "../http/call.ts";
import type { StoredPaymentLink } from "../state/state.ts";
import type { World } from "../world.ts";
import { expirePaymentLinks } from "./expire-payment-links.ts";
import { showPaymentLink, shownEnd } from "./payment-link-answer.ts";
import { tenThousandths } from "./ten-thousandths.ts";

const ORDERS = ["amount:asc", "amount:desc", "expiration_date:asc", "expiration_date:desc"] as const;
type Order = (typeof ORDERS)[number];

/**
 * The sort keys of a link. `expiration_date` is the shown one. All dates have the same format, so that their texts sort
 * like the dates.
 */
const SORT_KEYS = {
  amount: (_world: World, link: StoredPaymentLink) => tenThousandths(link.amount.value),
  expiration_date: (world: World, link: StoredPaymentLink) => String(shownEnd(world, link) ?? ""),
};

/**
 * Handles `GET /v2/payment_links`. The order without `sort_by` is not documented; the sandbox lists the newest first.
 */
export function listPaymentLinks(world: World, call: Call): Answer {
  expirePaymentLinks(world);
  const statuses = readStatuses(call, PAYMENT_LINK_STATUSES);
  const order = readSortBy(call, ORDERS);
  const found = [...world.store.state.payment_links.values()]
    .toReversed()
    .filter((link) => statuses?.has(link.status) ?? true);
  const { records, meta } = pageOf(call, order === undefined ? found : sorted(world, found, order));
  return json(200, { payment_links: records.map((link) => showPaymentLink(world, link)), meta });
}

function sorted(world: World, links: readonly StoredPaymentLink[], order: Order): StoredPaymentLink[] {
  const [field, direction] = order.split(":") as [keyof typeof SORT_KEYS, "asc" | "desc"];
  const sign = direction === "asc" ? 1 : -1;
  return links
    .map((link) => ({ link, key: SORT_KEYS[field](world, link) }))
    .toSorted((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -sign : sign))
    .map(({ link }) => link);
}
