import type { QontoPayChangeEvent } from "../../src/index.ts";
import { inChoice, untilChoice } from "./choice.ts";
import { checkout, openShop, payCalls, price, type Shop, until } from "./page.ts";

/** Attributes of a button for donations. */
export const AMOUNTS = { amounts: "5 10 20", label: "donate" };
/** What the Worker says about its product. */
export const BOUNDS = {
  open_amount: { min: { value: "1.00", currency: "EUR" }, max: { value: "500.00", currency: "EUR" } },
};
/** A Worker with this product. */
export const donation = (product: string) => ({
  prices: [{ body: { ...price("5.00"), ...BOUNDS } }],
  checkouts: [{ status: 201, body: checkout(product) }],
});

/** Returns the chosen amounts that events reported, oldest first. */
export const changes = (shop: Shop): unknown[] =>
  shop.events
    .filter(({ type: name }) => name === "qonto-pay-change")
    .map((event) => (event as QontoPayChangeEvent).amount);
/** Clicks a chip. */
export const pick = (shop: Shop, text: string): void =>
  inChoice(shop, "label")
    .find(({ textContent }) => textContent === text)
    ?.querySelector("input")
    ?.click();

/** Opens a shop with this button, and waits until its amounts are shown. */
export async function openDonation(attributes: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const shop = await openShop(donation, { ...AMOUNTS, ...attributes });
  await untilChoice(shop);
  return shop;
}

/** Clicks, and returns the amount that the button sends. */
export async function paid(shop: Shop): Promise<unknown> {
  const before = (await payCalls(shop.product)).length;
  shop.element.click();
  await until(async () => (await payCalls(shop.product)).length > before);
  return (JSON.parse((await payCalls(shop.product)).at(-1)?.body ?? "") as { amount?: unknown }).amount;
}
