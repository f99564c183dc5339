import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { type MerchantEvent, QontoPayConnectionError } from "@qonto-pay/client";
import { describe, expect, it } from "vitest";
import {
  cart,
  checkoutOf,
  checkoutsOf,
  checkoutsOfCart,
  deliver,
  endpoint,
  hearWebhooks,
  newCart,
  orders,
  paidEvent,
  pay,
  qontoPay,
  shop,
  untilOrdered,
  untilPaid,
  wire,
} from "./headless-setup.ts";

/** Tests orders that are made by the payment, as in docs/guides/shop-plugin-checklist.md: a cart and its link. */

const ROOT = new URL("../../", import.meta.url);
const GUIDE = readFileSync(new URL("docs/guides/shop-plugin.md", ROOT), "utf8");
const CHECKLIST = readFileSync(new URL("docs/guides/shop-plugin-checklist.md", ROOT), "utf8");
const TESTS = ["headless-shop.test.ts", "headless-trouble.test.ts", "headless-settlement.test.ts"];

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
    await hearWebhooks(false);
    await pay(id);
    await untilPaid(id);
    const event = await paidEvent(id);
    await Promise.all([shop.provider.handleEvent(event), shop.provider.handleEvent(event), shop.provider.catchUp()]);
    expect(orders()).toHaveLength(1);
    shop.store.saveCart({ id: cart, total: "0.00", currency: "EUR" });
    await Promise.all([shop.provider.handleEvent(event), shop.provider.catchUp()]);
    expect(orders()).toHaveLength(1);
    expect(shop.store.notes.filter((note) => note.includes(id))).toEqual([]);
  });

  it("an event that was answered and then lost is caught up with", async () => {
    const { sessionId } = await shop.pay(cart, "23.80");
    const { id } = await checkoutOf(sessionId);
    await hearWebhooks(false);
    await pay(id);
    await untilPaid(id);
    // The platform answers 200, but can't read the checkout.
    wire.beforeAnswer = () => {
      throw new TypeError("the connection is lost");
    };
    expect(await deliver(await paidEvent(id), endpoint.secret)).toBe(200);
    await expect(shop.provider.catchUp()).rejects.toThrow(QontoPayConnectionError);
    expect(orders()).toEqual([]);
    wire.beforeAnswer = () => {};
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
      newCart();
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
    wire.beforeCall = async (call) => {
      if (!/^POST .*\/v1\/checkouts$/.test(call)) return;
      wire.beforeCall = async () => {};
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
    wire.beforeAnswer = (call) => {
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
    const other = `whsec_${Buffer.from("another secret, which is as long as ours").toString("base64")}`;
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

describe("docs/guides/shop-plugin.md", () => {
  it("shows only code of the example", () => {
    const folder = new URL("examples/headless-shop/src/", ROOT);
    const source = readdirSync(folder).map((file) =>
      readFileSync(new URL(file, folder), "utf8").replaceAll(/^ +/gm, ""),
    );
    const blocks = [...GUIDE.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code.replaceAll(/^ +/gm, ""));
    expect(blocks.length).toBeGreaterThan(3);
    expect(blocks.filter((block) => !source.join("\n").includes(block.trim()))).toEqual([]);
  });
});

describe("docs/guides/shop-plugin-checklist.md", () => {
  it("names a test for each point of orders that are made by the payment", () => {
    const names = [...CHECKLIST.matchAll(/^\| S\d+ +\|[^|]+\| (.+?) +\|$/gm)].map(([, name = ""]) => name);
    expect(names.length).toBeGreaterThan(10);
    const tests = TESTS.map((file) => readFileSync(new URL(file, import.meta.url), "utf8")).join("");
    expect(names.filter((name) => !tests.includes(`  it("${name}"`))).toEqual([]);
  });
});
