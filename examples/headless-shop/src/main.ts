import { setTimeout } from "node:timers/promises";
import { QontoPay } from "@qonto-pay/client";
import { Shop } from "./shop.ts";

/** Sells one cart, and prints the order that its payment creates. */

const {
  QONTO_PAY_SECRET_KEY = "",
  QONTO_PAY_WEBHOOK_SECRET = "",
  QONTO_PAY_ENDPOINT = "http://localhost:8787",
} = process.env;

const shop = new Shop({
  qontoPay: new QontoPay({ secretKey: QONTO_PAY_SECRET_KEY, endpoint: QONTO_PAY_ENDPOINT }),
  shopId: "headless",
  vatRate: "20",
  webhookSecret: QONTO_PAY_WEBHOOK_SECRET,
});
const server = shop.listen(3001); // before the shop catches up, which can take a while
await shop.provider.skipEarlierEvents(); // the store is in memory: each start is an installation
const cart = String(Date.now());
const { url } = await shop.pay(cart, "23.80");
console.log(`Pay the cart ${cart}: ${url}`);

while (shop.store.orders.every(({ cartId }) => cartId !== cart)) {
  await setTimeout(2000); // a real shop catches up every few minutes
  await shop.provider.catchUp().catch((error: unknown) => console.error(String(error)));
}
console.log("Orders:", shop.store.orders, "Notes:", shop.store.notes);
server.close();
