import { QontoPayErrorEvent } from "../../src/index.ts";
import { checkout, eventsOf, type Shop, untilState } from "./page.ts";

/** Longer than every other step of the test, so that the response is still pending. */
export const SLOW_MS = 300;

/** A Worker that opens a checkout. */
export const open = (product: string) => ({ checkouts: [{ status: 201, body: checkout(product) }] });
/** A Worker whose checkout is paid already. */
export const alreadyPaid = (product: string) => ({ checkouts: [{ body: checkout(product, "paid") }] });
/** The same as `open`, after a delay. */
export const slow = (product: string) => ({ checkouts: [{ status: 201, body: checkout(product), delay_ms: SLOW_MS }] });

/** Clicks the button, and waits until it is busy and then in this state. */
export async function clickUntil(shop: Shop, state: string): Promise<void> {
  shop.element.click();
  await untilState(shop, "busy");
  await untilState(shop, state);
}

/** Returns the codes of the error events of a button, oldest first. */
export function errorCodes(shop: Shop): readonly string[] {
  return eventsOf(shop, QontoPayErrorEvent).map(({ code }) => code);
}
