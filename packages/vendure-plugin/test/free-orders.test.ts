import { controlSandbox } from "@qonto-pay/local-stack/servers/control-sandbox.ts";
import { beforeEach, describe, expect, inject, it } from "vitest";
import { cancelOrder, type OfficeOrder, readOrder } from "./setup/back-office.ts";
import { authorizeByCard, takeCards } from "./setup/cards.ts";
import { priceIn } from "./setup/currencies.ts";
import { FREE, offerAllFree } from "./setup/free-coupon.ts";
import type { GraphqlSession } from "./setup/graphql-session.ts";
import { payAtQonto, untilPaid } from "./setup/payments.ts";
import { referenceOf, type Shop } from "./setup/shop.ts";
import { COUPON } from "./setup/stock-shop.ts";
import type { Storefront } from "./setup/storefront.ts";
import { useShop } from "./setup/use-shop.ts";
import { moveParcel, packOneOfEach } from "./setup/warehouse.ts";

/** Orders of which nothing is due, because a coupon, a gift card or another method covers them. */

let shop: Shop;
let admin: GraphqlSession;
let shopper: Storefront;
let code: string;

useShop(
  async (open) => {
    ({ shop, admin } = open);
    await takeCards(admin);
    await priceIn(admin, "USD", "Mug", 1100);
    await offerAllFree(admin);
  },
  (cart) => ({ shopper, code } = cart),
);

const order = (): Promise<OfficeOrder> => readOrder(admin, code);
const statusOf = async (id: string) => (await shop.qontoPay.checkouts.get(id)).status;

async function checkouts(): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { id } of shop.qontoPay.checkouts.list({ reference: referenceOf(code) })) ids.push(id);
  return ids;
}

/** Goes back to the cart and applies a coupon that makes it free. */
async function makeFree(): Promise<void> {
  if ((await shopper.cart())?.state === "ArrangingPayment") await shopper.goTo("AddingItems");
  await shopper.useCoupon(FREE);
}

const placed = () => ({
  __typename: "QontoPayNothingDue",
  orderCode: code,
  state: "PaymentSettled",
  successUrl: expect.stringContaining(`/thanks/${code}`) as string,
});

describe("an order that costs nothing", () => {
  it("a free order is placed without a payment page, and its goods can leave", async () => {
    await makeFree();
    expect(await shopper.pay()).toEqual(placed());
    const { id, state, payments, totalWithTax } = await order();
    expect({ state, payments, totalWithTax }).toEqual({ state: "PaymentSettled", payments: [], totalWithTax: 0 });
    expect(await shopper.cart()).toBeNull();
    expect(await checkouts()).toEqual([]);
    const parcel = await packOneOfEach(admin, id);
    expect(await moveParcel(admin, parcel, "Shipped")).toBe("Shipped");
  });

  it("a free order is placed while the Worker is down", async () => {
    await makeFree();
    shop.gate.isOpen = false;
    shop.gate.seen.length = 0;
    expect(await shopper.pay()).toEqual(placed());
    expect(shop.gate.seen).toEqual([]);
  });

  it("a free order is placed once by two clicks", async () => {
    await makeFree();
    const moves: string[] = [];
    shop.rules.afterMove = (moved, to) => void (moved === code && moves.push(to));
    const answers = await Promise.all([shopper.pay(), shopper.pay()]);
    expect(answers).toContainEqual(placed());
    for (const answer of answers) expect(answer.message ?? placed().state).toMatch(/PaymentSettled|no active order/);
    expect(moves.filter((to) => to === "PaymentSettled")).toHaveLength(1);
  });

  it("a free order in dollars, with a code that can't be a reference, is placed", async () => {
    shop.rules.orderCode = () => `N° ${crypto.randomUUID()}`;
    shop.rules.whyNotPay = "Not for mugs.";
    shopper = shop.storefront("USD");
    await shopper.fillCart("Mug", 1);
    code = (await shopper.cart())?.code ?? "";
    await makeFree();
    expect(await shopper.pay()).toMatchObject({ __typename: "QontoPayNothingDue", state: "PaymentSettled" });
  });

  it("a free order that the shop's rules stop is rejected with the shop's reason", async () => {
    await makeFree();
    shop.rules.beforeMove = (_code, to) => (to.startsWith("Payment") ? "Not before noon." : undefined);
    expect(await shopper.pay()).toMatchObject({ message: "Not before noon." });
    expect((await order()).state).toBe("ArrangingPayment");
    shop.rules.reset();
    expect(await shopper.pay()).toEqual(placed());
  });
});

describe("an order that became free", () => {
  it("an order that became free is placed, and its link can't be paid", async () => {
    const { checkoutId } = await shopper.pay();
    await makeFree();
    expect(await shopper.pay()).toEqual(placed());
    expect(await statusOf(checkoutId)).toBe("canceled");
  });

  it("an order that became free is placed, and its earlier payment is reported to the merchant", async () => {
    const { checkoutId } = await shopper.pay();
    await shop.hearsWebhooks(false);
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilPaid(shop.qontoPay, checkoutId);
    await makeFree();
    expect(await shopper.pay()).toEqual(placed());
    const { payments, notes } = await order();
    expect(payments).toEqual([]);
    expect(notes).toEqual([expect.stringContaining(`14.89 EUR were paid by Qonto checkout ${checkoutId}`)]);
  });

  it("an order that became free waits while its payment is processing", async () => {
    const { checkoutId } = await shopper.pay();
    const { payment_link: link } = await shop.qontoPay.checkouts.get(checkoutId);
    const path = `payment_links/${link?.id ?? ""}/payments`;
    await controlSandbox(inject("sandboxUrl"), "POST", path, { status: "pending" });
    await shop.qontoPay.checkouts.sync(checkoutId);
    await makeFree();
    expect(await shopper.pay()).toMatchObject({ message: expect.stringContaining("being processed") as string });
    expect((await order()).state).toBe("ArrangingPayment");
  });

  it("an order that became free waits while its payment status is unknown", async () => {
    await shopper.pay();
    await makeFree();
    shop.gate.isOpen = false;
    expect(await shopper.pay()).toMatchObject({ __typename: "QontoPayCheckoutRefused" });
    shop.gate.isOpen = true;
    expect(await shopper.pay()).toEqual(placed());
  });
});

describe("a free order that changes after it was found", () => {
  const CHANGED = "This order has changed meanwhile. Please check it and try again.";

  beforeEach(async () => {
    await makeFree();
    expect(await shopper.goTo("ArrangingPayment")).toBe("ArrangingPayment");
  });

  it("a free order whose total is wrong after two changes at once is not placed", async () => {
    shop.afterNextCommit(async () => {
      await shopper.goTo("AddingItems");
      await shopper.dropCoupon(FREE);
      await shopper.goTo("ArrangingPayment");
      await shop.tamper(code, { subTotal: 0, subTotalWithTax: 0, shipping: 0, shippingWithTax: 0 });
    });
    expect(await shopper.pay()).toMatchObject({ message: CHANGED });
    expect(await order()).toMatchObject({ state: "ArrangingPayment", totalWithTax: 1489 });
    expect((await shop.qontoPay.checkouts.get((await shopper.pay()).checkoutId)).amount.value).toBe("14.89");
  });

  it("a free order that was cancelled meanwhile is not reported as placed", async () => {
    shop.afterNextCommit(async () => {
      expect(await cancelOrder(admin, code)).toBe("Cancelled");
    });
    expect(await shopper.pay()).toMatchObject({ __typename: "QontoPayCheckoutRefused", message: CHANGED });
    expect((await order()).state).toBe("Cancelled");
  });
});

it("an order that another method's authorization covers is placed as authorized", async () => {
  expect(await shopper.goTo("ArrangingPayment")).toBe("ArrangingPayment");
  await authorizeByCard(shopper.session, 1389);
  await shopper.goTo("AddingItems");
  await shopper.useCoupon(COUPON);
  expect(await shopper.pay()).toEqual({ ...placed(), state: "PaymentAuthorized" });
  expect(await checkouts()).toEqual([]);
});
