import { CurrencyCode } from "@vendure/core";
import { afterEach, describe, expect, it } from "vitest";
import { cancelOrder, type OfficeOrder, readOrder } from "./setup/back-office.ts";
import { priceIn, sellIn } from "./setup/currencies.ts";
import type { GraphqlSession } from "./setup/graphql-session.ts";
import { payAtQonto, untilPaid } from "./setup/payments.ts";
import type { Shop } from "./setup/shop.ts";
import { COUPON } from "./setup/stock-shop.ts";
import type { Storefront } from "./setup/storefront.ts";
import { useShop } from "./setup/use-shop.ts";
import { moveParcel, packOneOfEach, parcelsOf } from "./setup/warehouse.ts";

/** A shop that sells in euros and in dollars. A mug costs the same number of cents in both. */

let shop: Shop;
let admin: GraphqlSession;
let shopper: Storefront;
let code: string;

useShop(
  async (open) => {
    ({ shop, admin } = open);
    await priceIn(admin, "USD", "Mug", 999);
  },
  (cart) => ({ shopper, code } = cart),
);

afterEach(() => sellIn(admin, "EUR"));

const order = (): Promise<OfficeOrder> => readOrder(admin, code);
const untilSettled = () => expect.poll(async () => (await order()).state).toBe("PaymentSettled");
const MUG_IN_EUROS = { currencyCode: "EUR", totalWithTax: 1489 };

/** Writes a wrong total, as two changes at once may. */
const addUpWrongly = () => shop.tamper(code, { subTotal: 100, subTotalWithTax: 100 });

async function noteOf(): Promise<string> {
  await expect.poll(async () => (await order()).notes).toHaveLength(1);
  return (await order()).notes[0] ?? "";
}

describe("a cart in dollars with as many cents as a link in euros", () => {
  it("a cart in dollars is not sold for as many euros, and the merchant is notified", async () => {
    const { checkoutId } = await shopper.pay();
    await shopper.goTo("AddingItems");
    shopper.chooseCurrency("USD");
    await shopper.adjust(1);
    expect(await order()).toMatchObject({ currencyCode: "USD", totalWithTax: 1489 });
    await payAtQonto(shop.qontoPay, checkoutId);
    const note = await noteOf();
    expect(note).toContain(`14.89 EUR were paid by Qonto checkout ${checkoutId}, and not added to this order`);
    expect(note).toContain("it has changed since, and 14.89 USD are due.");
    expect(note).toContain("Don't note the payment in this order");
    expect(await order()).toMatchObject({ state: "AddingItems", payments: [] });
  });

  it("a cart that changes to dollars during the click gets no link", async () => {
    shop.rules.beforePay = () => shop.tamper(code, { currencyCode: CurrencyCode.USD });
    expect(await shopper.pay()).toMatchObject({ message: "Qonto takes payments in EUR only." });
  });
});

describe("a cart in euros", () => {
  it("a cart in euros with a wrong total stays in euros when the shopper views the shop in dollars", async () => {
    await addUpWrongly();
    shopper.chooseCurrency("USD");
    const { checkoutId } = await shopper.pay();
    expect((await shop.qontoPay.checkouts.get(checkoutId)).amount).toEqual({ value: "14.89", currency: "EUR" });
    expect(await order()).toMatchObject(MUG_IN_EUROS);
  });

  it("an order in euros that is recomputed stays in euros when a dollar channel settles it", async () => {
    const { checkoutId } = await shopper.pay();
    await addUpWrongly();
    await sellIn(admin, "USD");
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilSettled();
    expect(await order()).toMatchObject({ ...MUG_IN_EUROS, notes: [] });
  });

  it("a paid cart in euros with a wrong total stays in euros when a dollar channel cancels it", async () => {
    const { checkoutId } = await shopper.pay();
    await shop.hearsWebhooks(false);
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilPaid(shop.qontoPay, checkoutId);
    await addUpWrongly();
    await sellIn(admin, "USD");
    expect(await cancelOrder(admin, code)).toContain("It was paid meanwhile");
    expect(await order()).toMatchObject({ ...MUG_IN_EUROS, state: "PaymentSettled" });
  });

  it("a cart in euros whose coupon has ended stays in euros when a dollar channel settles it", async () => {
    await shopper.useCoupon(COUPON);
    const { checkoutId } = await shopper.pay();
    await enableCoupon(false);
    await sellIn(admin, "USD");
    await payAtQonto(shop.qontoPay, checkoutId);
    expect(await noteOf()).toContain("13.89 EUR were paid");
    await enableCoupon(true);
    expect(await order()).toMatchObject({ ...MUG_IN_EUROS, state: "ArrangingPayment", payments: [] });
  });
});

describe("an order in dollars that was paid in euros", () => {
  const HELD = "This order can't be fulfilled: it comes to 14.89 USD, and Qonto has taken EUR for it";

  it("an order in another currency than its payment gets no parcel, and the merchant is notified", async () => {
    const { checkoutId } = await shopper.pay();
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilSettled();
    const { id } = await order();
    await shop.tamper(code, { currencyCode: CurrencyCode.USD });
    await expect(packOneOfEach(admin, id)).rejects.toThrow(HELD);
    expect(await noteOf()).toContain(HELD);
    expect(await parcelsOf(admin, id)).toEqual([]);
    await shop.tamper(code, { currencyCode: CurrencyCode.EUR });
    expect(await moveParcel(admin, await packOneOfEach(admin, id), "Shipped")).toBe("Shipped");
  });
});

async function enableCoupon(enabled: boolean): Promise<void> {
  const { promotions } = await admin.ask<{ promotions: { items: { id: string }[] } }>(
    "{ promotions { items { id } } }",
  );
  await admin.ask("mutation ($input: UpdatePromotionInput!) { updatePromotion(input: $input) { __typename } }", {
    input: { id: promotions.items[0]?.id, enabled },
  });
}
