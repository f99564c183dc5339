import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cancelOrder, readOrder } from "./setup/back-office.ts";
import { FREE, offerAllFree } from "./setup/free-coupon.ts";
import type { GraphqlSession } from "./setup/graphql-session.ts";
import { payAtQonto } from "./setup/payments.ts";
import { Shop } from "./setup/shop.ts";
import type { Storefront } from "./setup/storefront.ts";

/** The shop has the key of another merchant: the Worker answers 404 for links that were opened before. */

interface Opened {
  readonly shopper: Storefront;
  readonly code: string;
  readonly checkoutId: string;
}

let shop: Shop;
let admin: GraphqlSession;
let orders: Opened[];
/** A placed order with an ended link and a paid one. */
let placed: Opened;

async function open(): Promise<Opened> {
  const shopper = shop.storefront();
  await shopper.fillCart("Mug", 1);
  const { checkoutId } = await shopper.pay();
  return { shopper, code: (await shopper.cart())?.code ?? "", checkoutId };
}

beforeAll(async () => {
  shop = await Shop.open();
  admin = await shop.admin();
  await offerAllFree(admin);
  orders = [await open(), await open(), await open(), await open()];
  placed = await open();
  await shop.qontoPay.checkouts.cancel(placed.checkoutId);
  const { checkoutId } = await placed.shopper.pay();
  await payAtQonto(shop.qontoPay, checkoutId);
  expect(await placed.shopper.sync(checkoutId)).toBe("paid");
  await shop.moveToOtherMerchant();
});

afterAll(() => shop.close());

const next = () => orders.pop() as Opened;

describe("after a move to another merchant", () => {
  it("an order whose link is unknown to the Worker gets another link", async () => {
    const { shopper, checkoutId } = next();
    const now = await shopper.pay();
    expect(now).toMatchObject({ __typename: "QontoPayCheckout", url: expect.any(String) as string });
    expect(now.checkoutId).not.toBe(checkoutId);
  });

  it("an order whose link is unknown to the Worker can be cancelled", async () => {
    expect(await cancelOrder(admin, next().code)).toBe("Cancelled");
  });

  it("an order whose link is unknown to the Worker is placed if it became free", async () => {
    const { shopper } = next();
    await shopper.goTo("AddingItems");
    await shopper.useCoupon(FREE);
    expect(await shopper.pay()).toMatchObject({ __typename: "QontoPayNothingDue", state: "PaymentSettled" });
  });

  it("the error for an unknown checkout does not ask the shopper to try again", async () => {
    const { shopper, checkoutId } = next();
    await expect(shopper.sync(checkoutId)).rejects.toThrow("There is no such checkout here.");
  });

  it("a placed order with an unknown earlier link is cancelled without a note", async () => {
    expect(await cancelOrder(admin, placed.code)).toBe("Cancelled");
    expect((await readOrder(admin, placed.code)).notes).toEqual([]);
  });
});
