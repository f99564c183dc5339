import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CheckoutSnapshot, type CheckoutsQuery, type MerchantEvent, QontoPay } from "@qonto-pay/client";
import { connectMerchant } from "@qonto-pay/local-stack/merchants/connect-merchant.ts";
import { controlSandbox } from "@qonto-pay/local-stack/servers/control-sandbox.ts";
import { freePorts } from "@qonto-pay/local-stack/servers/free-ports.ts";
import { type LocalBackend, startLocalBackend } from "@qonto-pay/local-stack/servers/local-backend.ts";
import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { Shop } from "../../examples/headless-shop/src/shop.ts";

/** Runs `examples/headless-shop` against the real Worker, for the test file that imports this module. */

const stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-headless-"));
export let backend: LocalBackend;
export let qontoPay: QontoPay;
export let shop: Shop;
let server: Server;
export let endpoint: { readonly id: string; readonly secret: string };
export let cart: string;
/** Hooks between the shop and the Worker. */
export const wire = {
  beforeAnswer: (_call: string): Promise<void> | void => {},
  beforeCall: (_call: string): Promise<void> | void => {},
};

beforeAll(async () => {
  const ports = await freePorts();
  backend = await startLocalBackend({
    stateFolder,
    isSandboxKept: false,
    sandboxPort: ports.sandbox,
    workerPort: ports.worker,
  });
  const target = { ...backend, shopUrl: `http://localhost:${ports.shop}` };
  const { secret_key: secretKey } = await connectMerchant({ name: "headless", products: [] }, target);
  qontoPay = new QontoPay({ secretKey, endpoint: backend.workerUrl });
  endpoint = await qontoPay.webhookEndpoints.create({ url: `http://localhost:${ports.shop}/qonto-pay/webhook` });
  const watched = new QontoPay({
    secretKey,
    endpoint: backend.workerUrl,
    fetch: async (input, init) => {
      const call = `${init?.method ?? "GET"} ${new Request(input).url}`;
      await wire.beforeCall(call);
      const answer = await fetch(input, init);
      await wire.beforeAnswer(call);
      return answer;
    },
  });
  shop = new Shop({ qontoPay: watched, shopId: "headless", vatRate: "20", webhookSecret: endpoint.secret });
  server = shop.listen(ports.shop);
  await once(server, "listening");
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await backend.close();
  rmSync(stateFolder, { recursive: true, force: true });
});

beforeEach(async () => {
  wire.beforeAnswer = () => {};
  wire.beforeCall = () => {};
  newCart();
  await hearWebhooks(true);
});

export function newCart(): void {
  cart = randomUUID();
}

export const hearWebhooks = (enabled: boolean) => qontoPay.webhookEndpoints.update(endpoint.id, { enabled });
export const orders = () => shop.store.orders.filter(({ cartId }) => cartId === cart);
export const untilOrdered = () => expect.poll(orders).toHaveLength(1);

/** Returns the checkouts, newest first. */
async function list(query: CheckoutsQuery): Promise<readonly CheckoutSnapshot[]> {
  const found: CheckoutSnapshot[] = [];
  for await (const checkout of qontoPay.checkouts.list(query)) found.push(checkout);
  return found;
}

export const checkoutsOf = (session: string) => list({ metadata: { session } });
export const checkoutsOfCart = () => list({ reference: `headless/cart-${cart}` });

export async function checkoutOf(session: string) {
  const [checkout] = await checkoutsOf(session);
  return qontoPay.checkouts.get(checkout?.id ?? "");
}

export async function pay(checkoutId: string, force = false, status = "paid"): Promise<void> {
  const { payment_link: link } = await qontoPay.checkouts.get(checkoutId);
  const path = `payment_links/${link?.id ?? ""}/payments`;
  await controlSandbox(backend.sandboxUrl, "POST", path, { status, ...(force && { force }) });
}

/** Opens a checkout like a provider that does not receive the cart's id: its reference names the session. */
export async function openOfSession(session: string, value = "23.80"): Promise<CheckoutSnapshot> {
  const price = { value, currency: "EUR" };
  const items = [{ title: "Your order", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" } as const];
  const metadata = { shop: "headless", session };
  const checkout = await qontoPay.checkouts.create({ items, reference: `headless/session-${session}`, metadata });
  shop.store.saveCart({ id: cart, total: value, currency: "EUR" });
  shop.store.addSession({ id: session, cartId: cart, amount: value, currency: "EUR" });
  shop.store.markOpening(session);
  return checkout;
}

export async function untilPaid(checkoutId: string): Promise<void> {
  await expect.poll(async () => (await qontoPay.checkouts.get(checkoutId)).status).toBe("paid");
}

export async function paidEvent(checkoutId: string): Promise<MerchantEvent> {
  for await (const event of qontoPay.events.list()) {
    if (event.type === "checkout.paid" && event.data.checkout?.id === checkoutId) return event;
  }
  throw new Error("there is no such event");
}

/** Delivers an event as a webhook. @returns the HTTP status of the response. */
export async function deliver(
  { id, type, created_at: timestamp, data }: MerchantEvent,
  secret: string,
): Promise<number> {
  const body = JSON.stringify({ id, type, timestamp, data });
  const seconds = Math.floor(Date.now() / 1000);
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  const { url } = await qontoPay.webhookEndpoints.get(endpoint.id);
  const headers = { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": `v1,${signature}` };
  return (await fetch(url, { method: "POST", headers, body })).status;
}
