import { controlSandbox } from "@qonto-pay/local-stack/servers/control-sandbox.ts";
import { describe, expect, inject, it } from "vitest";
import { cancelOrder, type OfficeOrder, readOrder } from "./setup/back-office.ts";
import type { GraphqlSession } from "./setup/graphql-session.ts";
import { openUnheard } from "./setup/lost-answer.ts";
import { eventOf, payAtQonto, untilPaid } from "./setup/payments.ts";
import { referenceOf, type Shop } from "./setup/shop.ts";
import { RULES_CHECKER } from "./setup/shop-rules.ts";
import type { Storefront } from "./setup/storefront.ts";
import { useShop } from "./setup/use-shop.ts";

/** Events while a link is being opened, and orders that get no link. */

let shop: Shop;
let admin: GraphqlSession;
let shopper: Storefront;
let code: string;

useShop(
  (open) => ({ shop, admin } = open),
  (cart) => ({ shopper, code } = cart),
);

const order = (): Promise<OfficeOrder> => readOrder(admin, code);
const cancel = () => cancelOrder(admin, code);
const checkouts = async () => (await shop.qontoPay.checkouts.list({ reference: referenceOf(code) })).data;
const statusOf = async (id: string) => (await shop.qontoPay.checkouts.get(id)).status;
const untilMinting = () => expect.poll(async () => (await checkouts()).map(({ url }) => url)).toEqual([null]);

/** Delays Qonto's next response to a create call. */
async function delayNextLink(): Promise<void> {
  await controlSandbox(inject("sandboxUrl"), "POST", "faults", { operation: "createPaymentLink", delay_ms: 1000 });
}

describe("a checkout whose response was lost", () => {
  it("a checkout whose response was lost is returned at the next click and stored", async () => {
    const id = await openUnheard(shop, shopper);
    expect(await shopper.pay()).toMatchObject({ checkoutId: id });
    expect(await shopper.sync(id)).toBe("open");
    expect(await cancel()).toBe("Cancelled");
    expect(await statusOf(id)).toBe("canceled");
  });

  it("a checkout whose response was lost is cancelled with its order", async () => {
    const id = await openUnheard(shop, shopper);
    expect(await cancel()).toBe("Cancelled");
    expect(await statusOf(id)).toBe("canceled");
  });
});

describe("a cart that was changed several times", () => {
  it("a cart with many links is cancelled with one read of the Worker", async () => {
    const ids = [];
    for (const quantity of [2, 3, 4]) {
      ids.push((await shopper.pay()).checkoutId);
      await shopper.goTo("AddingItems");
      await shopper.adjust(quantity);
    }
    ids.push((await shopper.pay()).checkoutId);
    shop.gate.seen.length = 0;
    expect(await cancel()).toBe("Cancelled");
    expect(shop.gate.seen.filter((call) => call.startsWith("GET "))).toHaveLength(1);
    for (const id of ids) expect(await statusOf(id)).toBe("canceled");
  });
});

describe("an order that is cancelled while its link is opened", () => {
  it("a checkout of an order that was cancelled before the create call is cancelled", async () => {
    shop.gate.beforeAsking = async (method, path) => {
      if (`${method} ${path}` !== "POST /v1/checkouts") return;
      shop.gate.beforeAsking = () => {};
      expect(await cancel()).toBe("Cancelled");
    };
    expect(await shopper.pay()).toMatchObject({ message: expect.stringContaining("has changed meanwhile") as string });
    expect((await checkouts()).map(({ status }) => status)).toEqual(["canceled"]);
  });

  it("a link of an order that was cancelled while Qonto creates it is deactivated", async () => {
    await delayNextLink();
    const click = shopper.pay();
    await untilMinting();
    expect(await cancel()).toBe("Cancelled");
    await click;
    expect((await checkouts()).map(({ status }) => status)).toEqual(["canceled"]);
    expect((await order()).state).toBe("Cancelled");
  });
});

describe("a shopper who clicks again", () => {
  it("a click while the first link is being created gets the same link", async () => {
    await delayNextLink();
    const first = shopper.pay();
    await untilMinting();
    const second = shopper.pay();
    expect(await second).toEqual(await first);
    expect(await checkouts()).toHaveLength(1);
  });

  it("a shopper who paid for an earlier version of the cart gets a message and can pay the amount due", async () => {
    const { checkoutId } = await shopper.pay();
    await shop.hearsWebhooks(false);
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilPaid(shop.qontoPay, checkoutId);
    await shopper.goTo("AddingItems");
    await shopper.add("Cookbook", 1);
    const { message } = await shopper.pay();
    expect(message).toContain("14.89 EUR were paid for this order before it was changed, and the shop was notified.");
    expect(message).toContain("39.84 EUR that are due now");
    expect((await order()).notes).toEqual([expect.stringContaining("14.89 EUR were paid by Qonto checkout")]);
    const now = await shopper.pay();
    const rest = await shop.qontoPay.checkouts.get(now.checkoutId);
    expect(rest.amount.value).toBe("39.84");
    // The Worker accepts one payment for each reference.
    expect(rest.reference).toMatch(/\/2$/);
    expect((await shopper.pay()).checkoutId).toBe(now.checkoutId);
    await cancel();
    expect((await shop.qontoPay.checkouts.get(now.checkoutId)).status).toBe("canceled");
  });

  it("a cart that was changed while its payment is processing gets no second link", async () => {
    const { checkoutId } = await shopper.pay();
    const { payment_link } = await shop.qontoPay.checkouts.get(checkoutId);
    const path = `payment_links/${payment_link?.id ?? ""}/payments`;
    await controlSandbox(inject("sandboxUrl"), "POST", path, { status: "pending" });
    await shop.qontoPay.checkouts.sync(checkoutId);
    await shopper.goTo("AddingItems");
    await shopper.add("Cookbook", 1);
    expect((await shopper.pay()).message).toContain("is paid already, or is being paid");
    expect(await checkouts()).toHaveLength(1);
  });
});

describe("an order that gets no link", () => {
  const idOfMethod = async () => {
    const { paymentMethods } = await admin.ask<{ paymentMethods: { items: { id: string }[] } }>(
      "{ paymentMethods { items { id } } }",
    );
    return paymentMethods.items[0]?.id;
  };
  const setEnabled = async (enabled: boolean) =>
    admin.ask("mutation ($input: UpdatePaymentMethodInput!) { updatePaymentMethod(input: $input) { id } }", {
      // Vendure removes a checker that is not given again.
      input: { id: await idOfMethod(), enabled, checker: { code: RULES_CHECKER, arguments: [] } },
    });

  it("no link is opened while no payment method can record the payment", async () => {
    await setEnabled(false);
    const { message } = await shopper.pay();
    await setEnabled(true);
    expect(message).toBe("This shop takes no payments by Qonto at the moment.");
    expect(shop.logger.lines).toContainEqual(expect.stringContaining("no payment method with the handler qonto-pay"));
    expect(await checkouts()).toEqual([]);
    expect((await shopper.cart())?.state).toBe("AddingItems");
  });

  it("no link is opened for an order that the merchant's conditions exclude", async () => {
    shop.rules.whyNotPay = "Not for mugs.";
    expect(await shopper.pay()).toMatchObject({ message: "Not for mugs." });
    expect(await checkouts()).toEqual([]);
  });

  it("no link is opened for an order whose code can't be a reference", async () => {
    for (const impossible of ["9".repeat(63), "N° 1"]) {
      shop.rules.orderCode = () => impossible;
      const other = shop.storefront();
      await other.fillCart("Mug", 1);
      expect(await other.pay()).toMatchObject({ message: "This order can't be paid by Qonto." });
      expect(shop.logger.lines).toContainEqual(expect.stringContaining("1 to 64 printable ASCII characters"));
    }
  });
});

describe("an order with an unusual code", () => {
  it("an order whose code is any printable ASCII text can be paid", async () => {
    code = `2026/0001 (${crypto.randomUUID()})`;
    shop.rules.orderCode = () => code;
    const other = shop.storefront();
    await other.fillCart("Mug", 1);
    const { checkoutId } = await other.pay();
    await payAtQonto(shop.qontoPay, checkoutId);
    await expect.poll(async () => (await order()).state).toBe("PaymentSettled");
  });

  it("an order whose code another shop of the merchant uses keeps its link", async () => {
    const { checkoutId } = await shopper.pay();
    const price = { value: "9.00", currency: "EUR" };
    const items = [{ title: "Tea", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" } as const];
    const others = await shop.qontoPay.checkouts.create({ items, reference: code });
    await shop.qontoPay.checkouts.cancel(others.id);
    expect(await statusOf(checkoutId)).toBe("open");
    await payAtQonto(shop.qontoPay, checkoutId);
    await expect.poll(async () => (await order()).state).toBe("PaymentSettled");
  });
});

describe("a payment that can't be added", () => {
  const noted = async () => {
    await expect.poll(async () => (await order()).notes).toHaveLength(1);
    return (await order()).notes[0];
  };

  it("the note about a payment that was not added gives the merchant's condition", async () => {
    const { checkoutId } = await shopper.pay();
    shop.rules.whyNotPay = "Not for mugs";
    await payAtQonto(shop.qontoPay, checkoutId);
    expect(await noted()).toContain("not added to this order: Not for mugs. Fulfil");
  });

  it("the note about a payment that was not added gives Vendure's untranslated reason in words", async () => {
    const { checkoutId } = await shopper.pay();
    await shopper.goTo("AddingItems");
    shop.rules.beforeMove = () => "message.cannot-transition-to-payment-without-customer";
    await payAtQonto(shop.qontoPay, checkoutId);
    expect(await noted()).toContain("to this order: cannot transition to payment without customer. Fulfil");
  });

  it("one of two payments of an order that are reported at once is added, and one is noted", async () => {
    const before = await shopper.pay();
    await shop.qontoPay.checkouts.cancel(before.checkoutId);
    const now = await shopper.pay();
    await shop.hearsWebhooks(false);
    await payAtQonto(shop.qontoPay, before.checkoutId, true);
    await payAtQonto(shop.qontoPay, now.checkoutId);
    const paid = [before, now].map(({ checkoutId }) => eventOf(shop.qontoPay, "checkout.paid", checkoutId));
    const answers = (await Promise.all(paid)).map((event) => shop.deliver(event));
    expect(await Promise.all(answers)).toEqual([204, 204]);
    const { payments, state } = await order();
    expect({ state, count: payments.length }).toEqual({ state: "PaymentSettled", count: 1 });
    expect(await noted()).toContain("nothing was due (the order is PaymentSettled)");
  });
});
