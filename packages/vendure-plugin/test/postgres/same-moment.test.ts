import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MerchantEvent } from "@qonto-pay/client";
import { type OfficeOrder, readOrder } from "../setup/back-office.ts";
import type { GraphqlSession } from "../setup/graphql-session.ts";
import { eventOf, payAtQonto, untilPaid } from "../setup/payments.ts";
import { PostgresDatabase } from "../setup/shop-database.ts";
import { Shop } from "../setup/shop.ts";
import { COUPON } from "../setup/stock-shop.ts";
import type { Storefront } from "../setup/storefront.ts";

/** A shopper changes the cart at the very moment in which it is settled: two transactions that run at once. */

let database: PostgresDatabase;
let shop: Shop;
let admin: GraphqlSession;
let shopper: Storefront;
let code: string;
let checkoutId: string;
let paid: MerchantEvent;
let paidCents: number;

beforeAll(async () => {
  const url = process.env["POSTGRES_URL"];
  if (url === undefined) throw new TypeError("POSTGRES_URL has to be of a server where databases may be made.");
  database = await PostgresDatabase.create(url);
  shop = await Shop.open({}, database);
  admin = await shop.admin();
  await shop.hearsWebhooks(false);
});

afterAll(() => shop.close());

/** Paid at Qonto, and the shop has not heard of it. */
beforeEach(async () => {
  shop.rules.reset();
  shopper = shop.storefront();
  await shopper.add("Mug", 1);
  await shopper.useCoupon(COUPON);
  await shopper.giveAddress();
  ({ code, totalWithTax: paidCents } = (await shopper.cart()) ?? { code: "", totalWithTax: 0 });
  ({ checkoutId } = await shopper.pay());
  await payAtQonto(shop.qontoPay, checkoutId);
  await untilPaid(shop.qontoPay, checkoutId);
  paid = await eventOf(shop.qontoPay, "checkout.paid", checkoutId);
});

const order = (): Promise<OfficeOrder> => readOrder(admin, code);
const REFUSED = "This order was placed meanwhile, and can't be changed any more.";

/** What a shopper may do to a cart, and the state that it has to be in. */
const CHANGES: readonly (readonly [name: string, state: string, change: () => Promise<unknown>])[] = [
  ["adds to it", "AddingItems", () => shopper.add("Cookbook", 5)],
  ["takes more of a line", "AddingItems", () => shopper.adjust(9)],
  ["takes a coupon away", "ArrangingPayment", () => shopper.dropCoupon(COUPON)],
  ["goes back to it", "ArrangingPayment", () => shopper.goTo("AddingItems")],
];

async function expectSettled(): Promise<void> {
  const { state, totalWithTax, payments, notes } = await order();
  expect({ state, totalWithTax, notes }).toEqual({ state: "PaymentSettled", totalWithTax: paidCents, notes: [] });
  expect(payments).toEqual([expect.objectContaining({ amount: paidCents, transactionId: checkoutId })]);
  expect(await shopper.cart()).toBeNull();
}

async function prepare(state: string): Promise<void> {
  if (state === "AddingItems") expect(await shopper.goTo(state)).toBe(state);
}

/** Something that a test opens when the time has come. */
function gate() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe("a cart is settled between the reading and the writing of a shopper who", () => {
  it.each(CHANGES.filter(([name]) => name !== "takes a coupon away"))("%s", async (_name, state, change) => {
    await prepare(state);
    let answer = 0;
    const settle = async (): Promise<void> => {
      shop.rules.reset();
      answer = await shop.deliver(paid);
    };
    shop.rules.beforeChange = settle;
    shop.rules.beforeMove = settle;
    await expect(change()).rejects.toThrow(REFUSED);
    expect(answer).toBe(204);
    await expectSettled();
  });
});

describe("a cart is being settled while a shopper", () => {
  /** The order is locked, and read, and the payment is to be added. */
  async function whileSettling(change: () => Promise<unknown>): Promise<[PromiseSettledResult<unknown>, number]> {
    const [isSettling, mayGoOn] = [gate(), gate()];
    shop.rules.beforeMove = (_code, to) => {
      if (to !== "PaymentSettled") return undefined;
      isSettling.open();
      return mayGoOn.opened;
    };
    const delivered = shop.deliver(paid);
    await isSettling.opened;
    const changed = Promise.allSettled([change()]);
    await expect.poll(() => database.waiting()).toBe(1);
    mayGoOn.open();
    return [(await changed)[0], await delivered];
  }

  it.each(CHANGES.filter(([name]) => name !== "takes more of a line"))("%s", async (_name, state, change) => {
    await prepare(state);
    const [changed, answer] = await whileSettling(change);
    expect(changed).toMatchObject({ status: "rejected", reason: { message: expect.stringContaining(REFUSED) } });
    expect(answer).toBe(204);
    await expectSettled();
  });

  it("takes more of a line, for which each waits for the other: one of them comes first", async () => {
    await prepare("AddingItems");
    const [changed, answer] = await whileSettling(() => shopper.adjust(9));
    expect(answer).toBe(204);
    if (changed.status === "rejected") return expectSettled();
    const { state, payments, notes } = await order();
    expect({ state, payments }).toEqual({ state: "AddingItems", payments: [] });
    expect(notes).toEqual([expect.stringContaining(`were paid by Qonto checkout ${checkoutId}`)]);
  });
});

describe("a cart is changed by a shopper twice at once", () => {
  /** The second change reads before the first is made, and writes afterwards. */
  async function changeTwice(): Promise<void> {
    await prepare("AddingItems");
    shop.rules.beforeChange = async () => {
      shop.rules.reset();
      await shopper.add("Cookbook", 5);
    };
    await shopper.adjust(1);
    expect(await shopper.cart()).toMatchObject({ totalWithTax: paidCents });
  }

  it("and what it is sold for is what is in it", async () => {
    await changeTwice();
    expect(await shop.deliver(paid)).toBe(204);
    const { state, payments, notes } = await order();
    expect({ state, payments }).toEqual({ state: "AddingItems", payments: [] });
    expect(notes).toEqual([expect.stringContaining("126.17 EUR are due")]);
  });
});

describe("a cart is being changed by a shopper when its payment comes", () => {
  it("and the change counts: the payment is not added, and the merchant is told", async () => {
    const [isChanging, mayGoOn] = [gate(), gate()];
    await prepare("AddingItems");
    shop.rules.afterChange = () => {
      isChanging.open();
      return mayGoOn.opened;
    };
    const changed = shopper.add("Cookbook", 5);
    await isChanging.opened;
    const delivered = shop.deliver(paid);
    await expect.poll(() => database.waiting()).toBe(1);
    mayGoOn.open();
    await changed;
    expect(await delivered).toBe(204);
    const { state, payments, notes } = await order();
    expect({ state, payments }).toEqual({ state: "AddingItems", payments: [] });
    expect(notes).toEqual([expect.stringContaining(`were paid by Qonto checkout ${checkoutId}`)]);
  });
});
