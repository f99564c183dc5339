import type {
  CheckoutPage,
  CheckoutSnapshot,
  Delivery,
  DeliveryPage,
  EventPage,
  ListPromise,
  MerchantEvent,
  Product,
  QontoPay,
  SecretKeyInfo,
  ServedPaymentLink,
  ServedPaymentLinkPage,
  WebhookEndpoint,
} from "../../src/index.ts";

/** The types of a list, awaited and iterated. It is never run: the type check is the test. */

declare const qontoPay: QontoPay;

/** Each list can be awaited for a page. */
export async function awaited(): Promise<readonly unknown[]> {
  const checkouts: CheckoutPage = await qontoPay.checkouts.list({ limit: 1 });
  const deliveries: DeliveryPage = await qontoPay.webhookEndpoints.deliveries("we_1");
  const [events, links]: [EventPage, ServedPaymentLinkPage] = await Promise.all([
    qontoPay.events.list(),
    qontoPay.paymentLinks.list({ sort_by: "amount:asc", page: 2 }),
  ]);
  const isMore: boolean = await qontoPay.products.list().then(({ has_more }) => has_more);
  // @ts-expect-error: a page is not an array of items
  const [first] = await qontoPay.checkouts.list();
  return [checkouts, deliveries, events, links, isMore, first];
}

/** Each list can be iterated for all items. */
export async function* iterated(): AsyncGenerator<unknown, void, undefined> {
  for await (const item of qontoPay.checkouts.list({ status: ["paid"] })) yield item satisfies CheckoutSnapshot;
  for await (const item of qontoPay.products.list()) yield item satisfies Product;
  for await (const item of qontoPay.events.list({ after: "evt_1" })) yield item satisfies MerchantEvent;
  for await (const item of qontoPay.keys.list()) yield item satisfies SecretKeyInfo;
  for await (const item of qontoPay.webhookEndpoints.list()) yield item satisfies WebhookEndpoint;
  for await (const item of qontoPay.webhookEndpoints.deliveries("we_1")) yield item satisfies Delivery;
  for await (const item of qontoPay.paymentLinks.list({ status: ["open"] })) yield item satisfies ServedPaymentLink;
  const all: ListPromise<CheckoutSnapshot> = qontoPay.checkouts.list();
  yield* all;
  // @ts-expect-error: the item is a checkout
  for await (const { url, has_more } of qontoPay.checkouts.list()) yield [url, has_more];
}

/** TypeScript does not check a query in a variable for unknown fields. */
const sorted = { per_page: 10, page: 2, sort_by: "amount:asc" } as const;

/** A call that returns one page only can't be iterated. */
export const pages: readonly AsyncIterable<unknown>[] = [
  qontoPay.paymentLinks.list({ per_page: 100 }),
  // @ts-expect-error: with sort_by, the list is one page
  qontoPay.paymentLinks.list({ sort_by: "amount:asc" }),
  // @ts-expect-error: the same with a query in a variable
  qontoPay.paymentLinks.list(sorted),
  // @ts-expect-error: payments are one page
  qontoPay.checkouts.payments("co_1"),
];
