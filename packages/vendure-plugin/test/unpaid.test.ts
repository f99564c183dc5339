import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { moveOrder, noteManualPayment, type OfficeOrder, readOrder, refundByHand } from "./setup/back-office.ts";
import { authorizeByCard, cancelPayment, settlePayment, takeCards } from "./setup/cards.ts";
import type { GraphqlSession } from "./setup/graphql-session.ts";
import { payAtQonto } from "./setup/payments.ts";
import type { Shop } from "./setup/shop.ts";
import type { Storefront } from "./setup/storefront.ts";
import { useShop } from "./setup/use-shop.ts";
import { moveParcel, packOneOfEach, parcelsOf } from "./setup/warehouse.ts";

/** Orders that cost more than was paid for them, however they got there. */

let shop: Shop;
let admin: GraphqlSession;
let shopper: Storefront;
let code: string;
let id: string;

useShop(
  (open) => ({ shop, admin } = open),
  (cart) => ({ shopper, code } = cart),
  2,
);

beforeEach(async () => {
  ({ id } = await order());
});

const order = (): Promise<OfficeOrder> => readOrder(admin, code);
const HELD = "This order can't be fulfilled: it comes to 104.90 EUR, and 24.88 EUR are paid.";

async function payByQonto(): Promise<void> {
  const { checkoutId } = await shopper.pay();
  await payAtQonto(shop.qontoPay, checkoutId);
  await expect.poll(async () => (await order()).state).toBe("PaymentSettled");
}

/** Goods for 100.00 EUR, and shipping. */
async function raiseTotal(): Promise<void> {
  await shop.tamper(code, { subTotal: 10000, subTotalWithTax: 10000 });
}

describe("an order of which a part is paid, and that is settled all the same", () => {
  beforeEach(payByQonto);

  it("an underpaid order gets no parcel, and the merchant is notified", async () => {
    await raiseTotal();
    await expect(packOneOfEach(admin, id)).rejects.toThrow(HELD);
    await expect.poll(async () => (await order()).notes).toEqual([expect.stringContaining(HELD)]);
    expect((await order()).notes[0]).toContain("a payment of the missing 80.02 EUR");
    expect(shop.logger.lines).toContainEqual(expect.stringContaining(`Order ${code}: ${HELD}`));
    expect(await parcelsOf(admin, id)).toEqual([]);
    expect((await order()).state).toBe("PaymentSettled");
  });

  it("has its parcel stay, if that was packed before", async () => {
    const parcel = await packOneOfEach(admin, id);
    await raiseTotal();
    for (const state of ["Shipped", "Delivered"]) expect(await moveParcel(admin, parcel, state)).toContain(HELD);
    expect(await parcelsOf(admin, id)).toEqual([{ id: parcel, state: "Pending" }]);
    await expect.poll(async () => (await order()).notes).toEqual([expect.stringContaining(HELD)]);
    expect(await moveParcel(admin, parcel, "Cancelled")).toBe("Cancelled");
  });

  it("can't be said to be on its way", async () => {
    expect(await moveParcel(admin, await packOneOfEach(admin, id), "Shipped")).toBe("Shipped");
    expect(await moveOrder(admin, id, "Modifying")).toBe("Modifying");
    await raiseTotal();
    expect(await moveOrder(admin, id, "PartiallyShipped")).toContain(HELD);
  });

  it("an underpaid order is sent once the rest is paid by any method, even after a partial refund", async () => {
    await raiseTotal();
    expect(await moveOrder(admin, id, "ArrangingAdditionalPayment")).toBe("ArrangingAdditionalPayment");
    const rest = await noteManualPayment(admin, id);
    expect(await moveOrder(admin, id, "PaymentSettled")).toBe("PaymentSettled");
    expect(await refundByHand(admin, rest, 500)).toBe("Settled");
    expect(await moveParcel(admin, await packOneOfEach(admin, id), "Shipped")).toBe("Shipped");
    expect((await order()).state).toBe("PartiallyShipped");
  });
});

describe("an order that was not packed while less was paid than it costs", () => {
  it("can be packed as a whole when the rest is paid: nothing is left of what was refused", async () => {
    await payByQonto();
    await raiseTotal();
    await expect(packOneOfEach(admin, id)).rejects.toThrow(HELD);
    await expect.poll(async () => (await order()).notes).toHaveLength(1);
    await moveOrder(admin, id, "ArrangingAdditionalPayment");
    await noteManualPayment(admin, id);
    expect(await moveOrder(admin, id, "PaymentSettled")).toBe("PaymentSettled");
    await packOneOfEach(admin, id);
    await packOneOfEach(admin, id);
    expect(await parcelsOf(admin, id)).toHaveLength(2);
  });
});

describe("an order of which a part is authorized by card, and the rest paid by Qonto", () => {
  const AUTHORIZED = "and 14.88 EUR are paid. First settle the 10.00 EUR that are authorized.";

  beforeAll(() => takeCards(admin));

  beforeEach(async () => {
    expect(await shopper.goTo("ArrangingPayment")).toBe("ArrangingPayment");
    await authorizeByCard(shopper.session, 1000);
    const { checkoutId } = await shopper.pay();
    await payAtQonto(shop.qontoPay, checkoutId);
    await expect.poll(async () => (await order()).state).toBe("PaymentAuthorized");
  });

  async function settleCard(): Promise<void> {
    const card = (await order()).payments.find(({ method }) => method === "card");
    expect(await settlePayment(admin, card?.id ?? "")).toBe("Settled");
  }

  it("is sent when that is settled, and the merchant is not told to take the money once more", async () => {
    await expect(packOneOfEach(admin, id)).rejects.toThrow(AUTHORIZED);
    await expect.poll(async () => (await order()).notes).toEqual([expect.stringMatching(/are authorized\.$/)]);
    await settleCard();
    expect((await order()).state).toBe("PaymentSettled");
    expect(await moveParcel(admin, await packOneOfEach(admin, id), "Shipped")).toBe("Shipped");
  });

  it("and that costs more than both asks for that, and for what is missing then: each is told", async () => {
    await raiseTotal();
    await expect(packOneOfEach(admin, id)).rejects.toThrow(`${AUTHORIZED} Move it to ArrangingAdditionalPayment`);
    await expect.poll(async () => (await order()).notes).toEqual([expect.stringContaining("missing 80.02 EUR")]);
    await settleCard();
    await expect(packOneOfEach(admin, id)).rejects.toThrow("and 24.88 EUR are paid. Move it");
    await expect.poll(async () => (await order()).notes).toHaveLength(2);
    expect(await moveOrder(admin, id, "ArrangingAdditionalPayment")).toBe("ArrangingAdditionalPayment");
    await noteManualPayment(admin, id);
    expect(await moveOrder(admin, id, "PaymentSettled")).toBe("PaymentSettled");
    expect(await moveParcel(admin, await packOneOfEach(admin, id), "Shipped")).toBe("Shipped");
  });

  it("and whose card is not charged after all asks for what is missing, once for each of the two", async () => {
    await expect(packOneOfEach(admin, id)).rejects.toThrow(AUTHORIZED);
    const card = (await order()).payments.find(({ method }) => method === "card");
    expect(await cancelPayment(admin, card?.id ?? "")).toBe("Cancelled");
    await expect(packOneOfEach(admin, id)).rejects.toThrow("add a payment of the missing 10.00 EUR");
    await expect.poll(async () => (await order()).notes).toHaveLength(2);
  });
});

describe("an order that Qonto took no money for", () => {
  it("is sent as the shop wants it", async () => {
    expect(await shopper.goTo("ArrangingPayment")).toBe("ArrangingPayment");
    await noteManualPayment(admin, id);
    expect((await order()).state).toBe("PaymentSettled");
    await raiseTotal();
    expect(await moveParcel(admin, await packOneOfEach(admin, id), "Shipped")).toBe("Shipped");
    expect((await order()).notes).toEqual([]);
  });
});

describe("a cart that Vendure has added up without some of its goods", () => {
  const addUpWrongly = () => shop.tamper(code, { subTotal: 100, subTotalWithTax: 100 });

  it("is paid for as a whole", async () => {
    await addUpWrongly();
    const { checkoutId } = await shopper.pay();
    expect((await shop.qontoPay.checkouts.get(checkoutId)).amount.value).toBe("24.88");
    expect((await order()).totalWithTax).toBe(2488);
  });

  it("a changed cart is not sold for the earlier payment", async () => {
    const { checkoutId } = await shopper.pay();
    await shopper.goTo("AddingItems");
    await shopper.add("Cookbook", 1);
    await shop.tamper(code, { subTotal: 1665, subTotalWithTax: 1998 });
    await payAtQonto(shop.qontoPay, checkoutId);
    await expect.poll(async () => (await order()).notes).toEqual([expect.stringContaining("49.83 EUR are due")]);
    expect(await order()).toMatchObject({ state: "AddingItems", payments: [] });
  });
});

describe("a shopper who changes the cart at the moment in which it becomes an order", () => {
  const REFUSED = "This order was placed meanwhile, and can't be changed any more.";

  it("a change of a cart that was placed meanwhile is rejected as a whole", async () => {
    shop.rules.beforeChange = () => shop.tamper(code, { orderPlacedAt: new Date() });
    const before = await shopper.cart();
    await expect(shopper.add("Cookbook", 5)).rejects.toThrow(REFUSED);
    expect(await shopper.cart()).toEqual(before);
  });

  it("is refused also where nothing but the state is to change", async () => {
    expect(await shopper.goTo("ArrangingPayment")).toBe("ArrangingPayment");
    shop.rules.beforeMove = () => shop.tamper(code, { orderPlacedAt: new Date() });
    await expect(shopper.goTo("AddingItems")).rejects.toThrow(REFUSED);
    expect((await order()).state).toBe("ArrangingPayment");
  });
});
