import { randomUUID } from "node:crypto";
import type { MerchantEvent } from "@qonto-pay/client";
import { describe, expect, it } from "vitest";
import { Shop } from "../../examples/headless-shop/src/shop.ts";
import {
  cart,
  checkoutOf,
  checkoutsOf,
  endpoint,
  hearWebhooks,
  newCart,
  openOfSession,
  orders,
  paidEvent,
  pay,
  qontoPay,
  shop,
  untilOrdered,
  untilPaid,
  wire,
} from "./headless-setup.ts";

/** The points of docs/guides/shop-plugin-checklist.md for orders that are made by the payment: settling, reports, and other providers. */

const CREATE = /^POST .*\/v1\/checkouts$/;
const newSession = (amount = "23.80") => ({ id: randomUUID(), cartId: cart, amount, currency: "EUR" });

/** @returns the calls of the shop from now on, as "GET /v1/events". */
function recordCalls(): string[] {
  const calls: string[] = [];
  wire.beforeCall = (call) => {
    const [method = "", url = ""] = call.split(" ");
    calls.push(`${method} ${new URL(url).pathname}`);
  };
  return calls;
}

async function eventTypesOf(checkoutId: string): Promise<readonly string[]> {
  const types: string[] = [];
  for await (const { type, data } of qontoPay.events.list()) {
    if (data.checkout?.id === checkoutId) types.push(type);
  }
  return types;
}

describe("a payment", () => {
  it("a replaced link that is paid after the newer one is reported once", async () => {
    await shop.provider.catchUp();
    await hearWebhooks(false);
    const replaced = await shop.provider.openSession(newSession());
    const { id } = await checkoutOf((await shop.pay(cart, "23.80")).sessionId);
    await pay(id);
    await untilPaid(id);
    await shop.provider.catchUp();
    expect(orders()).toEqual([expect.objectContaining({ checkoutId: id })]);
    await pay(replaced.id, true);
    await expect.poll(() => eventTypesOf(replaced.id)).toContain("checkout.paid_after_superseded");
    await shop.provider.catchUp();
    await shop.provider.handleEvent(await paidEvent(replaced.id));
    expect(shop.store.notes.filter((note) => note.includes(replaced.id))).toEqual([
      `Checkout ${replaced.id} is paid, and no order was made for it. Look at it.`,
    ]);
  });

  it("a payment of a deleted session is reported", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const { id } = await checkoutOf(sessionId);
    await shop.cancel(sessionId);
    await pay(id, true);
    const note = `Checkout ${id} is paid, and no order was made for it. Look at it.`;
    await expect.poll(() => shop.store.notes).toContainEqual(note);
    expect(orders()).toEqual([]);
  });

  it("an event about a checkout that the Worker does not know is reported and not repeated", async () => {
    const session = newSession();
    shop.store.saveCart({ id: cart, total: "23.80", currency: "EUR" });
    shop.store.addSession(session);
    const known = await shop.provider.openSession(session);
    const id = `co_${cart.replaceAll("-", "").slice(0, 20)}`;
    const checkout = { ...known, id, status: "paid" as const };
    const created_at = new Date().toISOString();
    const event: MerchantEvent = { id: "evt_unknown", type: "checkout.paid", created_at, data: { checkout } };
    await shop.provider.handleEvent(event);
    const note = `Checkout ${id} is reported as paid, but is unknown. Look at it.`;
    expect(shop.store.notes).toContainEqual(note);
    expect(orders()).toEqual([]);
  });

  it("an amount with more than two decimals is rounded before it is sent and compared", async () => {
    for (const [amount, cents] of [
      ["23.805", "23.81"],
      ["23.8049", "23.80"],
      ["9.995", "10.00"],
    ] as const) {
      newCart();
      const { id, amount: sent } = await checkoutOf((await shop.pay(cart, amount)).sessionId);
      expect(sent.value).toBe(cents);
      await pay(id);
      await untilOrdered();
    }
    newCart();
    await expect(shop.pay(cart, "23,80")).rejects.toThrow("is no amount");
  });

  it("a settlement that failed half-way is completed by the next event", async () => {
    await hearWebhooks(false);
    const { id } = await checkoutOf((await shop.pay(cart, "23.80")).sessionId);
    await pay(id);
    await untilPaid(id);
    const event = await paidEvent(id);
    wire.beforeCall = (call) => {
      if (call.startsWith("PATCH")) throw new TypeError("the connection is lost");
    };
    await expect(shop.provider.handleEvent(event)).rejects.toThrow("connection");
    const [order] = orders();
    expect((await qontoPay.checkouts.get(id)).reference).toBe(`headless/cart-${cart}`);
    wire.beforeCall = () => {};
    await shop.provider.handleEvent(event);
    expect((await qontoPay.checkouts.get(id)).reference).toBe(`headless/order-${order?.number}`);
    expect(orders()).toEqual([order]);
  });

  it("an event of a settled checkout causes no call", async () => {
    await hearWebhooks(false);
    const { id } = await checkoutOf((await shop.pay(cart, "23.80")).sessionId);
    await pay(id);
    await untilPaid(id);
    const event = await paidEvent(id);
    await shop.provider.handleEvent(event);
    expect(orders()).toHaveLength(1);
    const calls = recordCalls();
    await shop.provider.handleEvent(event);
    expect(calls).toEqual([]);
  });
});

describe("a cart", () => {
  it("a cart that another session has paid becomes an order at the next click", async () => {
    await hearWebhooks(false);
    const [paid, other] = [newSession(), newSession()];
    shop.store.saveCart({ id: cart, total: "23.80", currency: "EUR" });
    for (const session of [paid, other]) shop.store.addSession(session);
    const checkout = await shop.provider.openSession(paid);
    await pay(checkout.id);
    await untilPaid(checkout.id);
    await expect(shop.provider.openSession(other)).rejects.toThrow("Another session has paid the cart");
    expect(orders()).toEqual([expect.objectContaining({ checkoutId: checkout.id })]);
    expect(await checkoutsOf(other.id)).toEqual([]);
  });

  it("a cart that another provider orders leaves no checkout that can be paid", async () => {
    const checkouts = [await openOfSession(randomUUID()), await openOfSession(randomUUID())];
    const order = await shop.orderByInvoice(cart);
    for (const { id } of checkouts) expect((await qontoPay.checkouts.get(id)).status).toBe("canceled");
    expect(orders()).toEqual([order]);
    await expect(shop.provider.openSession(newSession())).rejects.toThrow("is ordered");
  });

  it("a link that is opened while another provider orders the cart ends without a payment", async () => {
    const session = newSession();
    shop.store.saveCart({ id: cart, total: "23.80", currency: "EUR" });
    shop.store.addSession(session);
    wire.beforeCall = async (call) => {
      if (!CREATE.test(call)) return;
      wire.beforeCall = () => {};
      await shop.orderByInvoice(cart);
    };
    await expect(shop.provider.openSession(session)).rejects.toThrow("its cart is ordered");
    expect((await checkoutsOf(session.id)).map(({ status }) => status)).toEqual(["canceled"]);
  });
});

describe("the list of events", () => {
  it("a new shop handles no event from before its installation", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const { id } = await checkoutOf(sessionId);
    await pay(id);
    await untilPaid(id);
    const installed = new Shop({ qontoPay, shopId: "new", vatRate: "20", webhookSecret: endpoint.secret });
    await installed.provider.skipEarlierEvents();
    const handled: string[] = [];
    installed.provider.handleEvent = ({ type, data }) => {
      // The first shop changes its checkout once it has an order, which is an event too.
      if (type === "checkout.paid") handled.push(data.checkout.id);
      return Promise.resolve();
    };
    const { id: next } = await checkoutOf((await installed.pay(randomUUID(), "23.80")).sessionId);
    await pay(next);
    await untilPaid(next);
    await installed.provider.catchUp();
    expect(handled).toContain(next);
    expect(handled).not.toContain(id);
  });

  it("an event of another shop causes no call", async () => {
    await shop.provider.catchUp();
    const other = new Shop({ qontoPay, shopId: "other", vatRate: "20", webhookSecret: endpoint.secret });
    const { id } = await checkoutOf((await other.pay(randomUUID(), "23.80")).sessionId);
    await pay(id);
    await untilPaid(id);
    const { id: event } = await paidEvent(id);
    const calls = recordCalls();
    await shop.provider.catchUp();
    expect(new Set(calls)).toEqual(new Set(["GET /v1/events"]));
    expect(shop.store.lastEvent).toBe(event);
  });
});
