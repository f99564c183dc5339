import { randomUUID } from "node:crypto";
import type { MerchantEvent } from "@qonto-pay/client";
import { controlSandbox } from "@qonto-pay/local-stack/servers/control-sandbox.ts";
import { describe, expect, it } from "vitest";
import { Shop } from "../../examples/headless-shop/src/shop.ts";
import {
  backend,
  cart,
  checkoutOf,
  checkoutsOf,
  checkoutsOfCart,
  endpoint,
  hearWebhooks,
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

/** Tests orders that are made by the payment, as in docs/guides/shop-plugin-checklist.md: faults, several checkouts. */

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
    wire.beforeCall = async (call) => {
      if (!/^POST .*\/v1\/checkouts$/.test(call)) return;
      wire.beforeCall = async () => {};
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
    shop.store.saveCart({ id: cart, total: "23.80", currency: "EUR" });
    shop.store.addSession({ id, cartId: cart, amount: "11.90", currency: "EUR" });
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
    wire.beforeAnswer = async (call) => {
      if (!/^POST .*\/v1\/checkouts$/.test(call)) return;
      wire.beforeAnswer = () => {};
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
    await expect(shop.cancel(session.id)).rejects.toThrow("is processing: keep it");
  });

  it("a session without a checkout is deleted without the Worker", async () => {
    wire.beforeAnswer = () => {
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
    const ordered = () => shop.store.orders.filter(({ checkoutId }) => checkouts.includes(checkoutId ?? ""));
    expect(ordered().map(({ cartId }) => cartId)).toEqual([carts[1]]);
    expect(shop.store.notes.filter((note) => note.includes("the database is full"))).toHaveLength(1);
    shop.store.makeOrder = makeOrder;
    await shop.provider.catchUp();
    expect(ordered()).toHaveLength(2);
    expect(shop.store.notes.filter((note) => note.includes("the database is full"))).toEqual([]);
  });

  it("a link that Qonto refuses to deactivate blocks no event of another cart", async () => {
    await shop.provider.catchUp();
    await hearWebhooks(false);
    await openOfSession(randomUUID());
    const { id: paid } = await openOfSession(randomUUID());
    const next = randomUUID();
    const { id: paidNext } = await checkoutOf((await shop.pay(next, "23.80")).sessionId);
    for (const id of [paid, paidNext]) {
      await pay(id);
      await untilPaid(id);
    }
    for (const operation of ["deactivatePaymentLink", "getPaymentLink"]) {
      await controlSandbox(backend.sandboxUrl, "POST", "faults", { operation, status: 403, times: 0 });
    }
    try {
      await shop.provider.catchUp();
      expect(shop.store.orders.filter(({ cartId }) => cartId === next)).toHaveLength(1);
      expect(shop.store.notes.filter((note) => note.includes("could not be handled"))).toHaveLength(1);
    } finally {
      await controlSandbox(backend.sandboxUrl, "DELETE", "faults");
    }
    await shop.provider.catchUp();
    expect(shop.store.notes.filter((note) => note.includes("could not be handled"))).toEqual([]);
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

  it("a payment of another amount creates no order and is reported", async () => {
    const { id } = await checkoutOf((await shop.pay(cart, "23.80")).sessionId);
    // Until cleared: a read of another checkout's payments would use up a fault for one call.
    const fault = { operation: "listPayments", amount_off_by: "-1.00", times: 0 };
    await controlSandbox(backend.sandboxUrl, "POST", "faults", fault);
    try {
      await pay(id);
      const note = `Checkout ${id} was paid with another amount. Look at it.`;
      await expect.poll(() => shop.store.notes).toContainEqual(note);
    } finally {
      await controlSandbox(backend.sandboxUrl, "DELETE", "faults");
    }
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
