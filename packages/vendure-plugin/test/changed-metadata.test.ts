import { describe, expect, it } from "vitest";
import { cancelOrder, readOrder } from "./setup/back-office.ts";
import { openChannel } from "./setup/channels.ts";
import type { GraphqlSession } from "./setup/graphql-session.ts";
import { openUnheard } from "./setup/lost-answer.ts";
import { eventOf, payAtQonto, untilPaid } from "./setup/payments.ts";
import type { Shop } from "./setup/shop.ts";
import type { Storefront } from "./setup/storefront.ts";
import { useShop } from "./setup/use-shop.ts";

/** The merchant's other programs change the metadata of open checkouts. The shop has stored the order of each. */

let shop: Shop;
let admin: GraphqlSession;
let shopper: Storefront;
let code: string;

useShop(
  (open) => ({ shop, admin } = open),
  (cart) => ({ shopper, code } = cart),
);

const order = () => readOrder(admin, code);
const untilSettled = () => expect.poll(async () => (await order()).state).toBe("PaymentSettled");
const statusOf = async (id: string) => (await shop.qontoPay.checkouts.get(id)).status;
const removeMetadata = (id: string) => shop.qontoPay.checkouts.update(id, { metadata: null });

async function payUnheard(checkoutId: string): Promise<void> {
  await shop.hearsWebhooks(false);
  await payAtQonto(shop.qontoPay, checkoutId);
  await untilPaid(shop.qontoPay, checkoutId);
}

describe("a checkout whose metadata was removed", () => {
  it("a paid checkout without metadata settles its order", async () => {
    const { checkoutId } = await shopper.pay();
    await removeMetadata(checkoutId);
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilSettled();
    expect((await order()).payments).toEqual([expect.objectContaining({ transactionId: checkoutId })]);
  });

  it("a paid checkout without metadata settles an order of another channel in that channel", async () => {
    const outlet = await openChannel(admin);
    const visitor = shop.storefront();
    visitor.session.setParameter("vendure-token", outlet.token);
    await visitor.fillCart("Mug", 1);
    code = (await visitor.cart())?.code ?? "";
    const { checkoutId } = await visitor.pay();
    await removeMetadata(checkoutId);
    const channels: string[] = [];
    shop.rules.beforePay = (_code, token) => void channels.push(token);
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilSettled();
    expect(new Set(channels)).toEqual(new Set([outlet.token]));
  });

  it("a checkout without metadata is cancelled with its order", async () => {
    const { checkoutId } = await shopper.pay();
    await removeMetadata(checkoutId);
    expect(await cancelOrder(admin, code)).toBe("Cancelled");
    expect(await statusOf(checkoutId)).toBe("canceled");
  });

  it("a shopper who has paid a checkout without metadata is not asked to pay again", async () => {
    const { checkoutId } = await shopper.pay();
    await removeMetadata(checkoutId);
    await payUnheard(checkoutId);
    expect(await shopper.pay()).toMatchObject({ message: "This order is paid already." });
    expect((await order()).state).toBe("PaymentSettled");
  });

  it("a checkout without metadata that has ended is replaced by another link", async () => {
    const ids: string[] = [];
    for (let click = 1; click <= 3; click += 1) {
      const { checkoutId } = await shopper.pay();
      if (click > 1) await removeMetadata(checkoutId);
      await shop.qontoPay.checkouts.cancel(checkoutId);
      ids.push(checkoutId);
    }
    expect(new Set(ids).size).toBe(3);
    expect(await statusOf((await shopper.pay()).checkoutId)).toBe("open");
  });

  it("a second payment of a checkout without metadata is reported to the merchant", async () => {
    const { checkoutId } = await shopper.pay();
    await removeMetadata(checkoutId);
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilSettled();
    await payAtQonto(shop.qontoPay, checkoutId, true);
    await expect.poll(async () => (await order()).notes).toEqual([expect.stringContaining("is one too many")]);
  });
});

describe("a checkout whose metadata was changed", () => {
  it("a checkout that names another order settles the one that it was opened for", async () => {
    const other = shop.storefront();
    await other.fillCart("Mug", 1);
    const others = await other.pay();
    const { metadata } = await shop.qontoPay.checkouts.get(others.checkoutId);
    const { checkoutId } = await shopper.pay();
    const changed = { vendure_order: metadata["vendure_order"] ?? "" };
    await shop.qontoPay.checkouts.update(checkoutId, { metadata: changed });
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilSettled();
    const othersCode = (await other.cart())?.code ?? "";
    expect(await cancelOrder(admin, othersCode)).toBe("Cancelled");
    expect((await readOrder(admin, othersCode)).notes).toEqual([]);
  });

  it("a checkout without a channel settles its order, even if its response was lost", async () => {
    const id = await openUnheard(shop, shopper);
    await shop.qontoPay.checkouts.update(id, { metadata: { vendure_channel: null } });
    await payAtQonto(shop.qontoPay, id);
    await untilSettled();
  });
});

describe("in a copy of the database, whose identity was removed", () => {
  it("a paid checkout of the original pays no order in a copy, and the log says so", async () => {
    const { checkoutId } = await shopper.pay();
    await payUnheard(checkoutId);
    await shop.removeIdentity();
    expect(await shop.deliver(await eventOf(shop.qontoPay, "checkout.paid", checkoutId))).toBe(204);
    expect(await order()).toMatchObject({ state: "ArrangingPayment", payments: [] });
    expect(shop.logger.lines).toContainEqual(expect.stringMatching(`${checkoutId} is stored.*Is this database a copy`));
  });

  it("an order that is cancelled in a copy leaves the original's link open", async () => {
    const { checkoutId } = await shopper.pay();
    await shop.removeIdentity();
    expect(await cancelOrder(admin, code)).toBe("Cancelled");
    expect(await statusOf(checkoutId)).toBe("open");
  });
});
