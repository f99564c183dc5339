import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { moveOrder, noteManualPayment, type OfficeOrder, readOrder, refundByHand } from "./setup/back-office.ts";
import { authorizeByCard, cancelPayment, settlePayment, takeCards } from "./setup/cards.ts";
import type { GraphqlSession } from "./setup/graphql-session.ts";
import { payAtQonto } from "./setup/payments.ts";
import type { Shop } from "./setup/shop.ts";
import type { Storefront } from "./setup/storefront.ts";
import { useShop } from "./setup/use-shop.ts";
import { moveParcel, packOneOfEach, parcelsOf } from "./setup/warehouse.ts";

/** Underpaid orders. */

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

/** Raises the goods of the order to 100.00 EUR. Shipping is added. */
async function raiseTotal(): Promise<void> {
  await shop.tamper(code, { subTotal: 10000, subTotalWithTax: 10000 });
}

describe("a settled order that is underpaid", () => {
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

  it("a parcel that was packed before the order became underpaid is not shipped", async () => {
    const parcel = await packOneOfEach(admin, id);
    await raiseTotal();
    for (const state of ["Shipped", "Delivered"]) expect(await moveParcel(admin, parcel, state)).toContain(HELD);
    expect(await parcelsOf(admin, id)).toEqual([{ id: parcel, state: "Pending" }]);
    await expect.poll(async () => (await order()).notes).toEqual([expect.stringContaining(HELD)]);
    expect(await moveParcel(admin, parcel, "Cancelled")).toBe("Cancelled");
  });

  it("an underpaid order can't be moved to PartiallyShipped", async () => {
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

describe("an order whose fulfilment was rejected", () => {
  it("can be packed completely once the rest is paid: the rejected fulfilment was rolled back", async () => {
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

describe("an order that is partly authorized by card and partly paid by Qonto", () => {
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

  it("is sent once the card payment is settled, and the note requests no further payment", async () => {
    await expect(packOneOfEach(admin, id)).rejects.toThrow(AUTHORIZED);
    await expect.poll(async () => (await order()).notes).toEqual([expect.stringMatching(/are authorized\.$/)]);
    await settleCard();
    expect((await order()).state).toBe("PaymentSettled");
    expect(await moveParcel(admin, await packOneOfEach(admin, id), "Shipped")).toBe("Shipped");
  });

  it("needs the card payment and the missing amount if it costs more than both, with a note for each", async () => {
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

  it("needs the missing amount if the card payment is cancelled, with another note", async () => {
    await expect(packOneOfEach(admin, id)).rejects.toThrow(AUTHORIZED);
    const card = (await order()).payments.find(({ method }) => method === "card");
    expect(await cancelPayment(admin, card?.id ?? "")).toBe("Cancelled");
    await expect(packOneOfEach(admin, id)).rejects.toThrow("add a payment of the missing 10.00 EUR");
    await expect.poll(async () => (await order()).notes).toHaveLength(2);
  });
});

describe("an order without a Qonto payment", () => {
  it("is sent even if it is underpaid", async () => {
    expect(await shopper.goTo("ArrangingPayment")).toBe("ArrangingPayment");
    await noteManualPayment(admin, id);
    expect((await order()).state).toBe("PaymentSettled");
    await raiseTotal();
    expect(await moveParcel(admin, await packOneOfEach(admin, id), "Shipped")).toBe("Shipped");
    expect((await order()).notes).toEqual([]);
  });
});

describe("a cart whose total in Vendure lacks some of its goods", () => {
  const addUpWrongly = () => shop.tamper(code, { subTotal: 100, subTotalWithTax: 100 });

  it("is paid with the correct total", async () => {
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

describe("a shopper who changes the cart while it is placed", () => {
  const REFUSED = "This order was placed meanwhile and can no longer be changed.";

  it("a change of a cart that was placed meanwhile is rejected as a whole", async () => {
    shop.rules.beforeChange = () => shop.tamper(code, { orderPlacedAt: new Date() });
    const before = await shopper.cart();
    await expect(shopper.add("Cookbook", 5)).rejects.toThrow(REFUSED);
    expect(await shopper.cart()).toEqual(before);
  });

  it("a change of only the state is rejected, too", async () => {
    expect(await shopper.goTo("ArrangingPayment")).toBe("ArrangingPayment");
    shop.rules.beforeMove = () => shop.tamper(code, { orderPlacedAt: new Date() });
    await expect(shopper.goTo("AddingItems")).rejects.toThrow(REFUSED);
    expect((await order()).state).toBe("ArrangingPayment");
  });
});
