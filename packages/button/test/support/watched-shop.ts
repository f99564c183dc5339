import { QontoPayStatusEvent } from "../../src/index.ts";
import { checkout, eventsOf, journal, openShop, report, type Shop, until } from "./page.ts";

/** The delay before a rejected stream is opened again. Shorter waits are not shortened. */
export const FIRST_PAUSE_MS = 15_000;

/** A Worker that opens a checkout and sends its status. */
export const withStream = (product: string) => ({
  checkouts: [{ status: 201, body: checkout(product) }],
  statuses: [report(product, "open")],
});

export const streams = async (product: string): Promise<number> => (await journal(product)).open_streams;
/** Returns the statuses of the events of a button, oldest first. */
export const statusesOf = (shop: Shop): string[] =>
  eventsOf(shop, QontoPayStatusEvent).map((event) => event.report.status);

/** Opens a shop whose shopper went to the pay page and returned, so that the button watches its checkout. */
export async function shopWithOpenCheckout(): Promise<Shop> {
  const shop = await openShop(withStream);
  shop.element.click();
  await until(async () => (await streams(shop.product)) === 1 && statusesOf(shop).length === 1);
  return shop;
}
