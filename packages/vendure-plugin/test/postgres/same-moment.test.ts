import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { MerchantEvent } from "@qonto-pay/client";
import { type OfficeOrder, readOrder } from "../setup/back-office.ts";
import type { GraphqlSession } from "../setup/graphql-session.ts";
import { eventOf, payAtQonto, untilPaid } from "../setup/payments.ts";
import { PostgresDatabase } from "../setup/shop-database.ts";
import { Shop } from "../setup/shop.ts";
import { COUPON } from "../setup/stock-shop.ts";
import type { Storefront } from "../setup/storefront.ts";

/** A shopper changes the cart while it is settled, in two concurrent transactions. */

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
  if (url === undefined) throw new TypeError("Set POSTGRES_URL to a server where the tests can create databases.");
  database = await PostgresDatabase.create(url);
  shop = await Shop.open({}, database);
  admin = await shop.admin();
  await shop.hearsWebhooks(false);
});

afterAll(() => shop.close());

/** The cart is paid at Qonto, and the shop has received no event. */
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
const REFUSED = "This order was placed meanwhile and can no longer be changed.";

/** Changes of a cart, each with the state that it requires. */
const CHANGES: readonly (readonly [name: string, state: string, change: () => Promise<unknown>])[] = [
  ["adds a product", "AddingItems", () => shopper.add("Cookbook", 5)],
  ["increases a quantity", "AddingItems", () => shopper.adjust(9)],
  ["removes a coupon", "ArrangingPayment", () => shopper.dropCoupon(COUPON)],
  ["goes back to the cart", "ArrangingPayment", () => shopper.goTo("AddingItems")],
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

/** Creates a promise that the test resolves. */
function gate() {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
}

describe("a change that began before a settlement and writes after it is rejected", () => {
  it.each(CHANGES.filter(([name]) => name !== "removes a coupon"))(
    "if the shopper %s",
    async (_name, state, change) => {
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
    },
  );
});

describe("a change during a settlement", () => {
  /** Runs a change after the settlement has locked and read the order, and before it adds the payment. */
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

  it.each(CHANGES.filter(([name]) => name !== "increases a quantity"))(
    "is rejected if the shopper %s",
    async (_name, state, change) => {
      await prepare(state);
      const [changed, answer] = await whileSettling(change);
      expect(changed).toMatchObject({ status: "rejected", reason: { message: expect.stringContaining(REFUSED) } });
      expect(answer).toBe(204);
      await expectSettled();
    },
  );

  it("ends in a deadlock if the shopper increases a quantity, and one of the two wins", async () => {
    await prepare("AddingItems");
    const [changed, answer] = await whileSettling(() => shopper.adjust(9));
    expect(answer).toBe(204);
    if (changed.status === "rejected") return expectSettled();
    const { state, payments, notes } = await order();
    expect({ state, payments }).toEqual({ state: "AddingItems", payments: [] });
    expect(notes).toEqual([expect.stringContaining(`were paid by Qonto checkout ${checkoutId}`)]);
  });
});

describe("two concurrent changes of a cart", () => {
  /** The second change reads before the first one writes, and writes afterwards. */
  async function changeTwice(): Promise<void> {
    await prepare("AddingItems");
    shop.rules.beforeChange = async () => {
      shop.rules.reset();
      await shopper.add("Cookbook", 5);
    };
    await shopper.adjust(1);
    expect(await shopper.cart()).toMatchObject({ totalWithTax: paidCents });
  }

  it("a cart with a wrong total is not sold for that total", async () => {
    await changeTwice();
    expect(await shop.deliver(paid)).toBe(204);
    const { state, payments, notes } = await order();
    expect({ state, payments }).toEqual({ state: "AddingItems", payments: [] });
    expect(notes).toEqual([expect.stringContaining("126.17 EUR are due")]);
  });
});

describe("a payment during a change of the cart", () => {
  it("the change wins: the payment is not added, and the merchant is notified", async () => {
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
