import { createHmac, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type CheckoutSnapshot,
  type CheckoutsQuery,
  type MerchantEvent,
  QontoPay,
  QontoPayConnectionError,
} from "@qonto-pay/client";
import { connectMerchant } from "@qonto-pay/local-stack/connect-merchant.ts";
import { controlSandbox } from "@qonto-pay/local-stack/control-sandbox.ts";
import { freePorts } from "@qonto-pay/local-stack/free-ports.ts";
import { type LocalBackend, startLocalBackend } from "@qonto-pay/local-stack/local-backend.ts";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Shop } from "../../examples/headless-shop/src/shop.ts";

/** `examples/headless-shop` in front of the real Worker: the points of docs/plugins.md for orders made by the payment. */

const ROOT = new URL("../../", import.meta.url);
const GUIDE = readFileSync(new URL("docs/plugins.md", ROOT), "utf8");

const stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-headless-"));
let backend: LocalBackend;
let qontoPay: QontoPay;
/** The client of the shop, whose calls the tests can watch and break. */
let watched: QontoPay;
let shop: Shop;
let server: Server;
let endpoint: { readonly id: string; readonly secret: string };
let cart: string;
/** Between the shop and the Worker. */
let beforeAnswer: (call: string) => Promise<void> | void = () => {};
let beforeCall: (call: string) => Promise<void> = async () => {};

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
  watched = new QontoPay({
    secretKey,
    endpoint: backend.workerUrl,
    fetch: async (input, init) => {
      const call = `${init?.method ?? "GET"} ${new Request(input).url}`;
      await beforeCall(call);
      const answer = await fetch(input, init);
      await beforeAnswer(call);
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
  beforeAnswer = () => {};
  beforeCall = async () => {};
  cart = randomUUID();
  await hearWebhooks(true);
});

const hearWebhooks = (enabled: boolean) => qontoPay.webhookEndpoints.update(endpoint.id, { enabled });
const orders = () => shop.store.orders.filter(({ cartId }) => cartId === cart);
const untilOrdered = () => expect.poll(orders).toHaveLength(1);

/** Newest first. */
async function list(query: CheckoutsQuery): Promise<readonly CheckoutSnapshot[]> {
  const found: CheckoutSnapshot[] = [];
  for await (const checkout of qontoPay.checkouts.list(query)) found.push(checkout);
  return found;
}

const checkoutsOf = (session: string) => list({ metadata: { session } });
const checkoutsOfCart = () => list({ reference: `headless/cart-${cart}` });

async function checkoutOf(session: string) {
  const [checkout] = await checkoutsOf(session);
  return qontoPay.checkouts.get(checkout?.id ?? "");
}

async function pay(checkoutId: string, force = false, status = "paid"): Promise<void> {
  const { payment_link: link } = await qontoPay.checkouts.get(checkoutId);
  const path = `payment_links/${link?.id ?? ""}/payments`;
  await controlSandbox(backend.sandboxUrl, "POST", path, { status, ...(force && { force }) });
}

/** A checkout as a provider opens it that does not receive the cart's id: its reference is the session's. */
async function openOfSession(session: string, value = "23.80"): Promise<CheckoutSnapshot> {
  const price = { value, currency: "EUR" };
  const items = [{ title: "Your order", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" } as const];
  const metadata = { shop: "headless", session };
  const checkout = await qontoPay.checkouts.create({ items, reference: `headless/session-${session}`, metadata });
  shop.store.saveCart({ id: cart, total: value, currency: "EUR" });
  shop.store.addSession({ id: session, cartId: cart, amount: value, currency: "EUR" });
  shop.store.markOpening(session);
  return checkout;
}

async function untilPaid(checkoutId: string): Promise<void> {
  await expect.poll(async () => (await qontoPay.checkouts.get(checkoutId)).status).toBe("paid");
}

async function paidEvent(checkoutId: string): Promise<MerchantEvent> {
  for await (const event of qontoPay.events.list()) {
    if (event.type === "checkout.paid" && event.data.checkout?.id === checkoutId) return event;
  }
  throw new Error("there is no such event");
}

/** @returns what the shop answers. */
async function deliver({ id, type, created_at: timestamp, data }: MerchantEvent, secret: string): Promise<number> {
  const body = JSON.stringify({ id, type, timestamp, data });
  const seconds = Math.floor(Date.now() / 1000);
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  const { url } = await qontoPay.webhookEndpoints.get(endpoint.id);
  const headers = { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": `v1,${signature}` };
  return (await fetch(url, { method: "POST", headers, body })).status;
}

describe("a cart that is paid", () => {
  it("a paid session creates an order, and the checkout gets its number", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const { id, amount } = await checkoutOf(sessionId);
    expect(amount.value).toBe("23.80");
    await pay(id);
    await untilOrdered();
    const [order] = orders();
    const number = { reference: `headless/order-${order?.number}` };
    await expect.poll(() => qontoPay.checkouts.get(id)).toMatchObject(number);
    expect((await qontoPay.checkouts.get(id)).metadata).toMatchObject({ session: sessionId, order: order?.number });
  });

  it("an event that comes several times creates one order", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const { id } = await checkoutOf(sessionId);
    await pay(id);
    await untilOrdered();
    const event = await paidEvent(id);
    shop.store.saveCart({ id: cart, total: "0.00", currency: "EUR" });
    await Promise.all([shop.provider.handleEvent(event), shop.provider.handleEvent(event), shop.provider.catchUp()]);
    expect(orders()).toHaveLength(1);
  });

  it("an event that was answered and then lost is caught up with", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const { id } = await checkoutOf(sessionId);
    await hearWebhooks(false);
    await pay(id);
    await untilPaid(id);
    // The platform answers 200, then it can't read the checkout.
    beforeAnswer = () => {
      throw new TypeError("the connection is lost");
    };
    expect(await deliver(await paidEvent(id), endpoint.secret)).toBe(200);
    await expect(shop.provider.catchUp()).rejects.toThrow(QontoPayConnectionError);
    expect(orders()).toEqual([]);
    beforeAnswer = () => {};
    await shop.provider.catchUp();
    expect(orders()).toHaveLength(1);
  });

  it("a paid checkout without metadata creates its order", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const { id } = await checkoutOf(sessionId);
    await qontoPay.checkouts.update(id, { metadata: null });
    await pay(id);
    await untilOrdered();
  });

  it("an amount that is written in another way creates its order", async () => {
    for (const amount of ["23.8", "20", "12.5000"]) {
      cart = randomUUID();
      const { sessionId } = await shop.pay(cart, amount, "eur");
      await pay((await checkoutOf(sessionId)).id);
      await untilOrdered();
    }
  });

  it("a cart that changed after its link was opened creates no order, and is reported", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const { id } = await checkoutOf(sessionId);
    shop.store.saveCart({ id: cart, total: "47.60", currency: "EUR" });
    await pay(id);
    const note = `Checkout ${id} is paid, and no order was made for it. Look at it.`;
    await expect.poll(() => shop.store.notes).toContainEqual(note);
    expect(orders()).toEqual([]);
  });

  it("a payment that comes twice is reported to the merchant", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const { id } = await checkoutOf(sessionId);
    await pay(id);
    await untilOrdered();
    await pay(id, true);
    await expect.poll(() => shop.store.notes).toContainEqual(`Refund the extra payment of checkout ${id}.`);
    expect(orders()).toHaveLength(1);
  });
});

describe("the link of a session", () => {
  it("a repeated call for a session gets the same link", async () => {
    const session = { id: randomUUID(), cartId: cart, amount: "23.80", currency: "eur" };
    const [one, other] = await Promise.all([shop.provider.openSession(session), shop.provider.openSession(session)]);
    expect(other.id).toBe(one.id);
    expect(await checkoutsOf(session.id)).toHaveLength(1);
  });

  it("a new session of a cart replaces the link of the session before", async () => {
    const before = await shop.pay(cart, "23.80");
    const now = await shop.pay(cart, "11.90");
    expect(now.url).not.toBe(before.url);
    await expect.poll(async () => (await checkoutOf(before.sessionId)).status).toBe("canceled");
    expect(await checkoutOf(now.sessionId)).toMatchObject({ status: "open", amount: { value: "11.90" } });
  });

  it("a cart that changed twice and is as before gets a link that can be paid", async () => {
    const id = randomUUID();
    const open = (amount: string) => shop.provider.openSession({ id, cartId: cart, amount, currency: "EUR" });
    const first = await open("23.80");
    const second = await open("11.90");
    expect((await open("11.90")).id).toBe(second.id);
    const third = await open("23.80");
    expect(third.id).not.toBe(first.id);
    expect((await open("23.80")).id).toBe(third.id);
    expect(await qontoPay.checkouts.get(third.id)).toMatchObject({ status: "open", superseded_by: null });
    expect((await qontoPay.checkouts.get(second.id)).superseded_by).toBe(third.id);
  });

  it("a session whose link was cancelled gets another link", async () => {
    const session = { id: randomUUID(), cartId: cart, amount: "23.80", currency: "EUR" };
    const { id } = await shop.provider.openSession(session);
    await qontoPay.checkouts.cancel(id);
    expect(await shop.provider.openSession(session)).toMatchObject({ status: "open" });
  });

  it("a session that is paid gets no other link, and becomes an order", async () => {
    await hearWebhooks(false);
    const { sessionId } = await shop.pay(cart, "23.80");
    const { id } = await checkoutOf(sessionId);
    await pay(id);
    await untilPaid(id);
    const session = { id: sessionId, cartId: cart, amount: "23.80", currency: "EUR" };
    expect(await shop.provider.openSession(session)).toMatchObject({ id, status: "paid" });
    expect(orders()).toHaveLength(1);
  });

  it("a session that is deleted while its link is opened ends without a link", async () => {
    const session = { id: randomUUID(), cartId: cart, amount: "23.80", currency: "EUR" };
    beforeCall = async (call) => {
      if (!/^POST .*\/v1\/checkouts$/.test(call)) return;
      beforeCall = async () => {};
      await shop.cancel(session.id);
    };
    await shop.provider.openSession(session).catch(() => {});
    expect((await checkoutsOf(session.id)).map(({ status }) => status)).toEqual(["canceled"]);
  });

  it("a stored checkout without metadata is cancelled with its session", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const { id } = await checkoutOf(sessionId);
    await qontoPay.checkouts.update(id, { metadata: { session: null, shop: null } });
    await shop.cancel(sessionId);
    expect((await qontoPay.checkouts.get(id)).status).toBe("canceled");
  });

  it("two sessions at once leave one link that can be paid", async () => {
    const sessions = ["23.80", "11.90"].map((amount) => ({ id: randomUUID(), cartId: cart, amount, currency: "EUR" }));
    const opened = await Promise.allSettled(sessions.map((session) => shop.provider.openSession(session)));
    expect(opened.some(({ status }) => status === "fulfilled")).toBe(true);
    const open = async () => {
      const found = await Promise.all(sessions.map(({ id }) => checkoutsOf(id)));
      return found.flat().filter(({ status }) => status === "open");
    };
    await expect.poll(open).toHaveLength(1);
  });

  it("the link of a deleted session can't be paid", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    await shop.cancel(sessionId);
    expect((await checkoutOf(sessionId)).status).toBe("canceled");
  });

  it("a paid session is not deleted, and becomes an order", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const { id } = await checkoutOf(sessionId);
    await hearWebhooks(false);
    await pay(id);
    await expect(shop.cancel(sessionId)).rejects.toThrow("is paid: keep it");
    await expect(shop.pay(cart, "23.80")).rejects.toThrow();
    await shop.provider.catchUp();
    expect(orders()).toEqual([expect.objectContaining({ checkoutId: id })]);
  });

  it("a checkout whose response was lost is cancelled with its session", async () => {
    beforeAnswer = (call) => {
      if (/^POST .*\/v1\/checkouts$/.test(call)) throw new TypeError("the answer is lost");
    };
    await expect(shop.pay(cart, "23.80")).rejects.toThrow(QontoPayConnectionError);
    expect((await checkoutsOfCart()).map(({ status }) => status)).toEqual(["canceled"]);
  });

  it("a cart in another currency gets no link", async () => {
    await expect(shop.pay(cart, "23.80", "USD")).rejects.toThrow("EUR only");
    expect(await checkoutsOfCart()).toEqual([]);
  });
});

describe("a cart with several checkouts", () => {
  it("a cart that is ordered leaves no other checkout that can be paid", async () => {
    const other = await openOfSession(randomUUID());
    const stored = await openOfSession(randomUUID());
    shop.store.addCheckout(stored.metadata["session"] ?? "", stored.id);
    await qontoPay.checkouts.update(stored.id, { metadata: null });
    const paid = await openOfSession(randomUUID());
    await pay(paid.id);
    await untilOrdered();
    for (const { id } of [other, stored]) {
      await expect.poll(async () => (await qontoPay.checkouts.get(id)).status).toBe("canceled");
    }
    expect(orders()).toEqual([expect.objectContaining({ checkoutId: paid.id })]);
  });

  it("a deleted session leaves the checkout of the cart's other session", async () => {
    const [deleted, other] = [await openOfSession(randomUUID()), await openOfSession(randomUUID())];
    await shop.cancel(deleted.metadata["session"] ?? "");
    expect((await qontoPay.checkouts.get(deleted.id)).status).toBe("canceled");
    expect((await qontoPay.checkouts.get(other.id)).status).toBe("open");
  });

  it("a link that is opened while another session pays the cart ends without a payment", async () => {
    const other = await openOfSession(randomUUID());
    const session = { id: randomUUID(), cartId: cart, amount: "23.80", currency: "EUR" };
    shop.store.addSession(session);
    beforeCall = async (call) => {
      if (!/^POST .*\/v1\/checkouts$/.test(call)) return;
      beforeCall = async () => {};
      await pay(other.id);
      await untilOrdered();
    };
    await expect(shop.provider.openSession(session)).rejects.toThrow("its cart is ordered");
    expect((await checkoutsOf(session.id)).map(({ status }) => status)).toEqual(["canceled"]);
  });

  it("a cart that is ordered gets no other link", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    await pay((await checkoutOf(sessionId)).id);
    await untilOrdered();
    const session = { id: randomUUID(), cartId: cart, amount: "23.80", currency: "EUR" };
    await expect(shop.provider.openSession(session)).rejects.toThrow("is ordered");
    expect(await checkoutsOf(session.id)).toEqual([]);
  });

  it("one of two payments of a cart that are reported at once makes the order, and one is reported", async () => {
    const both = [await openOfSession(randomUUID()), await openOfSession(randomUUID())];
    await hearWebhooks(false);
    for (const { id } of both) {
      await pay(id);
      await untilPaid(id);
    }
    const events = await Promise.all(both.map(({ id }) => paidEvent(id)));
    await Promise.all(events.map((event) => shop.provider.handleEvent(event)));
    expect(orders()).toHaveLength(1);
    const notes = both.map(({ id }) => `Checkout ${id} is paid, and no order was made for it. Look at it.`);
    expect(shop.store.notes.filter((note) => notes.includes(note))).toHaveLength(1);
  });

  it("a payment of a replaced link is reported to the merchant", async () => {
    const id = randomUUID();
    const open = (amount: string) => shop.provider.openSession({ id, cartId: cart, amount, currency: "EUR" });
    const replaced = await open("23.80");
    await open("11.90");
    await pay(replaced.id, true);
    const note = `Checkout ${replaced.id} was paid after another one replaced it. Check whether both are paid.`;
    await expect.poll(() => shop.store.notes).toContainEqual(note);
  });

  it("a cart whose id another shop of the merchant uses keeps its link", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const other = new Shop({ qontoPay, shopId: "other", vatRate: "20", webhookSecret: endpoint.secret });
    await other.pay(cart, "11.90");
    expect(await checkoutOf(sessionId)).toMatchObject({ status: "open", superseded_by: null });
  });
});

describe("a shop in trouble", () => {
  it("a payment that is reported before the create call is answered creates its order", async () => {
    beforeAnswer = async (call) => {
      if (!/^POST .*\/v1\/checkouts$/.test(call)) return;
      beforeAnswer = () => {};
      const [checkout] = await checkoutsOfCart();
      await pay(checkout?.id ?? "");
      await untilOrdered();
    };
    await shop.pay(cart, "23.80");
    expect(orders()).toHaveLength(1);
  });

  it("a session whose payment is processing gets no second link and is not deleted", async () => {
    const session = { id: randomUUID(), cartId: cart, amount: "23.80", currency: "EUR" };
    const { id } = await shop.provider.openSession(session);
    await pay(id, false, "pending");
    await expect.poll(async () => (await qontoPay.checkouts.get(id)).status).toBe("processing");
    expect(await shop.provider.openSession({ ...session, amount: "11.90" })).toMatchObject({ id });
    await expect(shop.cancel(session.id)).rejects.toThrow("keep it");
  });

  it("a session without a checkout is deleted without the Worker", async () => {
    beforeAnswer = () => {
      throw new TypeError("the Worker is down");
    };
    await expect(shop.pay(cart, "23.80", "USD")).rejects.toThrow("EUR only");
  });

  it("an event that can't be handled blocks no other, is reported, and is handled when it can be", async () => {
    await shop.provider.catchUp();
    await hearWebhooks(false);
    const carts = [cart, randomUUID()];
    const checkouts: string[] = [];
    for (const each of carts) {
      const { id } = await checkoutOf((await shop.pay(each, "23.80")).sessionId);
      await pay(id);
      await untilPaid(id);
      checkouts.push(id);
    }
    const makeOrder = shop.store.makeOrder.bind(shop.store);
    shop.store.makeOrder = (id, checkout) => {
      if (id === cart) throw new Error("the database is full");
      return makeOrder(id, checkout);
    };
    await shop.provider.catchUp();
    const ordered = () => shop.store.orders.filter(({ checkoutId }) => checkouts.includes(checkoutId));
    expect(ordered().map(({ cartId }) => cartId)).toEqual([carts[1]]);
    expect(shop.store.notes.filter((note) => note.includes("the database is full"))).toHaveLength(1);
    shop.store.makeOrder = makeOrder;
    await shop.provider.catchUp();
    expect(ordered()).toHaveLength(2);
    expect(shop.store.notes.filter((note) => note.includes("the database is full"))).toEqual([]);
  });

  it("events are read from the beginning if the last one has expired", async () => {
    await hearWebhooks(false);
    const { id } = await checkoutOf((await shop.pay(cart, "23.80")).sessionId);
    await pay(id);
    await untilPaid(id);
    shop.store.lastEvent = "evt_0123456789abcdefghij";
    await shop.provider.catchUp();
    expect(orders()).toHaveLength(1);
  });

  it("a payment of a cart that costs as many dollars creates no order", async () => {
    const { id } = await checkoutOf((await shop.pay(cart, "23.80")).sessionId);
    shop.store.saveCart({ id: cart, total: "23.80", currency: "USD" });
    await pay(id);
    const note = `Checkout ${id} is paid, and no order was made for it. Look at it.`;
    await expect.poll(() => shop.store.notes).toContainEqual(note);
    expect(orders()).toEqual([]);
  });

  it("a payment over another amount creates no order and is reported", async () => {
    const { id } = await checkoutOf((await shop.pay(cart, "23.80")).sessionId);
    await controlSandbox(backend.sandboxUrl, "POST", "faults", { operation: "listPayments", amount_off_by: "-1.00" });
    await pay(id);
    const note = `Checkout ${id} was paid with another amount. Look at it.`;
    await expect.poll(() => shop.store.notes).toContainEqual(note);
    expect(orders()).toEqual([]);
  });

  it("a stored checkout that the Worker does not know blocks no session", async () => {
    const session = { id: randomUUID(), cartId: cart, amount: "23.80", currency: "EUR" };
    shop.store.addCheckout(session.id, `co_${"0".repeat(20)}`);
    expect(await shop.provider.openSession(session)).toMatchObject({ status: "open" });
    await shop.cancel(session.id);
    expect((await checkoutOf(session.id)).status).toBe("canceled");
  });

  it("a copy of the shop's database creates no order and cancels no link of the original", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const { id } = await checkoutOf(sessionId);
    const copy = new Shop({ qontoPay, shopId: "copy", vatRate: "20", webhookSecret: endpoint.secret });
    copy.store.saveCart({ id: cart, total: "23.80", currency: "EUR" });
    copy.store.addSession({ id: sessionId, cartId: cart, amount: "23.80", currency: "EUR" });
    copy.store.markOpening(sessionId);
    copy.store.addCheckout(sessionId, id);
    await copy.cancel(sessionId);
    expect((await qontoPay.checkouts.get(id)).status).toBe("open");
    copy.store.addSession({ id: sessionId, cartId: cart, amount: "23.80", currency: "EUR" });
    await pay(id);
    await untilOrdered();
    await copy.provider.catchUp();
    expect(copy.store.orders).toEqual([]);
  });

  it("a merchant sees why shoppers can't pay until it is resolved", async () => {
    const lacks = () => shop.store.notes.filter((note) => note.startsWith("Shoppers can't pay"));
    const report = async (type: string, data: object, seconds: number) => {
      const at = new Date(Date.now() + 3_600_000 + seconds * 1000).toISOString();
      const event: unknown = { id: `evt_access${seconds}`, type, created_at: at, data };
      await shop.provider.handleEvent(event as MerchantEvent);
    };
    await report("connection.changed", { connection: { status: "disabled" } }, 1);
    await report("authorization.action_required", { consent: { reason: "revoked" } }, 2);
    await report("authorization.action_required", { consent: { reason: "revoked" } }, 2);
    expect(lacks()).toHaveLength(2);
    await report("authorization.granted", {}, 4);
    await report("authorization.action_required", { consent: { reason: "revoked" } }, 3); // late
    await report("connection.changed", { connection: { status: "enabled" } }, 5);
    expect(lacks()).toEqual([]);
  });

  it("a shop with a malformed webhook secret does not start", () => {
    expect(() => new Shop({ qontoPay, shopId: "headless", vatRate: "20", webhookSecret: "whsec" })).toThrow("whsec_");
  });

  it("a refund fails and says where to make it", () => {
    expect(() => shop.provider.refund()).toThrow("refund it in your Mollie or Qonto account");
  });
});

describe("a webhook that must not be believed", () => {
  it("a webhook that reports an unpaid checkout as paid creates no order", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const checkout = { ...(await checkoutOf(sessionId)), status: "paid" as const };
    const event: MerchantEvent = {
      id: "evt_untrue",
      type: "checkout.paid",
      created_at: new Date().toISOString(),
      data: { checkout },
    };
    await shop.provider.handleEvent(event);
    expect(orders()).toEqual([]);
    await hearWebhooks(false);
    await pay(checkout.id);
    await untilPaid(checkout.id);
    const other = `whsec_${Buffer.from("somebody else's secret, as long as ours").toString("base64")}`;
    expect(await deliver(await paidEvent(checkout.id), other)).toBe(200);
    await shop.provider.handleEvent({ ...event, type: "checkout.expired" });
    expect(orders()).toEqual([]);
    expect(await deliver(await paidEvent(checkout.id), endpoint.secret)).toBe(200);
    await untilOrdered();
  });

  it("a checkout of another shop creates no order", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const price = { value: "23.80", currency: "EUR" };
    const items = [{ title: "Tea", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" } as const];
    const others = await qontoPay.checkouts.create({ items, metadata: { shop: "other", session: sessionId } });
    await pay(others.id);
    await untilPaid(others.id);
    await shop.provider.catchUp();
    expect(orders()).toEqual([]);
  });
});

describe("docs/plugins.md", () => {
  it("shows code that stands in the example", () => {
    const folder = new URL("examples/headless-shop/src/", ROOT);
    const source = readdirSync(folder).map((file) =>
      readFileSync(new URL(file, folder), "utf8").replaceAll(/^ +/gm, ""),
    );
    const blocks = [...GUIDE.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code.replaceAll(/^ +/gm, ""));
    expect(blocks.length).toBeGreaterThan(3);
    expect(blocks.filter((block) => !source.join("\n").includes(block.trim()))).toEqual([]);
  });

  it("names a test for each point of orders that are made by the payment", () => {
    const names = [...GUIDE.matchAll(/^\| S\d+ +\|[^|]+\| (.+?) +\|$/gm)].map(([, name = ""]) => name);
    expect(names.length).toBeGreaterThan(10);
    const tests = readFileSync(new URL(import.meta.url), "utf8");
    expect(names.filter((name) => !tests.includes(`  it("${name}"`))).toEqual([]);
  });
});
