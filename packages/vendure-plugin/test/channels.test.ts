import { beforeEach, describe, expect, it } from "vitest";
import { cancelOrder, readOrder } from "./setup/back-office.ts";
import { defaultChannel, openChannel, renameChannel, type SalesChannel } from "./setup/channels.ts";
import type { GraphqlSession } from "./setup/graphql-session.ts";
import { openUnheard } from "./setup/lost-answer.ts";
import { eventOf, payAtQonto, untilPaid } from "./setup/payments.ts";
import { referenceOf, type Shop } from "./setup/shop.ts";
import type { Storefront } from "./setup/storefront.ts";
import { useShop } from "./setup/use-shop.ts";

/** Orders are identified neither by their channel's token, nor by their channel's code, nor by their own code. */

let shop: Shop;
let admin: GraphqlSession;
let outlet: SalesChannel;
let shopper: Storefront;
let code: string;

useShop(
  async (open) => {
    ({ shop, admin } = open);
    outlet = await openChannel(admin);
  },
  (cart) => ({ shopper, code } = cart),
);

const order = () => readOrder(admin, code);
const untilSettled = () => expect.poll(async () => (await order()).state).toBe("PaymentSettled");
const statusOf = async (id: string) => (await shop.qontoPay.checkouts.get(id)).status;

async function renameOrder(): Promise<void> {
  const old = code;
  code = `INVOICE-${crypto.randomUUID()}`;
  await shop.tamper(old, { code });
}

async function payUnheard(checkoutId: string): Promise<void> {
  await shop.hearsWebhooks(false);
  await payAtQonto(shop.qontoPay, checkoutId);
  await untilPaid(shop.qontoPay, checkoutId);
}

describe("after its channel got another token", () => {
  it("an order that was opened before is settled when it is paid", async () => {
    const { checkoutId } = await shopper.pay();
    await renameChannel(admin, await defaultChannel(admin));
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilSettled();
    expect((await order()).payments).toEqual([expect.objectContaining({ transactionId: checkoutId })]);
  });

  it("an order of another channel is settled in that channel", async () => {
    const visitor = shop.storefront();
    visitor.session.setParameter("vendure-token", outlet.token);
    await visitor.fillCart("Mug", 1);
    code = (await visitor.cart())?.code ?? "";
    const { checkoutId } = await visitor.pay();
    outlet = { ...outlet, token: await renameChannel(admin, outlet) };
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilSettled();
  });

  it("a shopper who has paid is not asked to pay again", async () => {
    const { checkoutId } = await shopper.pay();
    await payUnheard(checkoutId);
    await renameChannel(admin, await defaultChannel(admin));
    expect(await shopper.pay()).toMatchObject({ message: "This order is paid already." });
    expect((await order()).state).toBe("PaymentSettled");
  });

  it("a shopper who returns gets the same link", async () => {
    const before = await shopper.pay();
    await renameChannel(admin, await defaultChannel(admin));
    expect(await shopper.pay()).toEqual(before);
  });

  it("the link of a cancelled order is deactivated", async () => {
    const { checkoutId } = await shopper.pay();
    await renameChannel(admin, await defaultChannel(admin));
    expect(await cancelOrder(admin, code)).toBe("Cancelled");
    expect(await statusOf(checkoutId)).toBe("canceled");
  });
});

describe("after an order got another code", () => {
  it("an order with a new code is settled when it is paid", async () => {
    const { checkoutId } = await shopper.pay();
    await renameOrder();
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilSettled();
  });

  it("a shopper who has paid is not asked to pay again", async () => {
    const { checkoutId } = await shopper.pay();
    await payUnheard(checkoutId);
    await renameOrder();
    expect(await shopper.pay()).toMatchObject({ message: "This order is paid already." });
    expect((await order()).state).toBe("PaymentSettled");
  });

  it("a shopper who returns gets another link, and the old one can't be paid", async () => {
    const before = await shopper.pay();
    await renameOrder();
    const now = await shopper.pay();
    expect((await shop.qontoPay.checkouts.get(now.checkoutId)).reference).toBe(referenceOf(code));
    expect(await statusOf(before.checkoutId)).toBe("canceled");
  });

  it("the link of a cancelled order with a new code is deactivated", async () => {
    const { checkoutId } = await shopper.pay();
    await renameOrder();
    expect(await cancelOrder(admin, code)).toBe("Cancelled");
    expect(await statusOf(checkoutId)).toBe("canceled");
  });
});

describe("after an order whose link got no response got another code", () => {
  let unheard: string;

  beforeEach(async () => {
    unheard = await openUnheard(shop, shopper);
    await renameOrder();
  });

  it("a link without a response is deactivated when the renamed order is cancelled", async () => {
    expect(await cancelOrder(admin, code)).toBe("Cancelled");
    expect(await statusOf(unheard)).toBe("canceled");
  });

  it("a link without a response is deactivated when the renamed order gets another", async () => {
    const { checkoutId } = await shopper.pay();
    expect(checkoutId).not.toBe(unheard);
    expect(await statusOf(unheard)).toBe("canceled");
  });

  it("a shopper who has paid by a link without a response is not asked to pay again", async () => {
    await payUnheard(unheard);
    expect(await shopper.pay()).toMatchObject({ message: "This order is paid already." });
    expect((await order()).state).toBe("PaymentSettled");
  });
});

describe("a paid checkout of another shop of the merchant", () => {
  /**
   * A paid checkout with the same ids and amount, as of a second shop, or of this one before its database was
   * recreated.
   */
  const paidElsewhere = async (changed: Readonly<Record<string, string>>): Promise<string> => {
    const { checkoutId } = await shopper.pay();
    const { metadata } = await shop.qontoPay.checkouts.get(checkoutId);
    await shop.qontoPay.checkouts.cancel(checkoutId);
    const price = { value: "14.89", currency: "EUR" };
    const items = [{ title: "Mug", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" } as const];
    const { id } = await shop.qontoPay.checkouts.create({ items, metadata: { ...metadata, ...changed } });
    await payUnheard(id);
    return id;
  };
  const deliver = async (id: string) => shop.deliver(await eventOf(shop.qontoPay, "checkout.paid", id));

  it("another shop's checkout pays no order, even with the same ids and amount", async () => {
    const id = await paidElsewhere({ vendure_shop: crypto.randomUUID() });
    expect(await deliver(id)).toBe(204);
    expect(await order()).toMatchObject({ state: "ArrangingPayment", payments: [], notes: [] });
  });

  it("a paid checkout of a deleted order changes nothing, and the log says so", async () => {
    const id = await paidElsewhere({ vendure_order: "987654" });
    expect(await deliver(id)).toBe(204);
    const line = `Qonto checkout ${id} is for the order 987654, which was deleted.`;
    expect(shop.logger.lines).toContainEqual(line);
  });

  it("a paid checkout of a deleted channel is settled", async () => {
    const id = await paidElsewhere({ vendure_channel: "987654" });
    expect(await deliver(id)).toBe(204);
    expect((await order()).state).toBe("PaymentSettled");
  });
});
