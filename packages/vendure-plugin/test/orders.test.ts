import { controlSandbox } from "@qonto-pay/local-stack/servers/control-sandbox.ts";
import { describe, expect, inject, it } from "vitest";
import { cancelOrder, type OfficeOrder, readOrder } from "./setup/back-office.ts";
import { priceIn } from "./setup/currencies.ts";
import type { GraphqlSession } from "./setup/graphql-session.ts";
import { eventOf, payAtQonto, untilPaid } from "./setup/payments.ts";
import { referenceOf, type Shop } from "./setup/shop.ts";
import type { Storefront } from "./setup/storefront.ts";
import { useShop } from "./setup/use-shop.ts";

/** Changes of an order by shoppers and merchants while it has a link. */

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
const untilState = (state: string) => expect.poll(async () => (await order()).state).toBe(state);
const statusOf = async (id: string) => (await shop.qontoPay.checkouts.get(id)).status;

describe("a shopper", () => {
  it("a shopper who clicks twice or returns gets the same link", async () => {
    const [first, second] = await Promise.all([shopper.pay(), shopper.pay()]);
    expect(second).toEqual(first);
    expect(await shopper.pay()).toEqual(first);
    const { data: checkouts } = await shop.qontoPay.checkouts.list({ reference: referenceOf(code) });
    expect(checkouts).toHaveLength(1);
  });

  it("a shopper who changes the cart gets a new link, and the old one can't be paid", async () => {
    const before = await shopper.pay();
    expect(await shopper.goTo("AddingItems")).toBe("AddingItems");
    await shopper.add("Cookbook", 1);
    const now = await shopper.pay();
    expect(now.url).not.toBe(before.url);
    expect((await shop.qontoPay.checkouts.get(now.checkoutId)).amount.value).toBe("39.84");
    await expect.poll(() => statusOf(before.checkoutId)).toBe("canceled");
    await payAtQonto(shop.qontoPay, now.checkoutId);
    await untilState("PaymentSettled");
  });

  it("a shopper whose link has ended gets another one", async () => {
    const before = await shopper.pay();
    await shop.qontoPay.checkouts.cancel(before.checkoutId);
    const now = await shopper.pay();
    expect(now.checkoutId).not.toBe(before.checkoutId);
    expect(await statusOf(now.checkoutId)).toBe("open");
    expect((await order()).state).toBe("ArrangingPayment");
  });

  it("a shopper who has paid is not asked to pay again before the webhook arrives", async () => {
    const { checkoutId } = await shopper.pay();
    await shop.hearsWebhooks(false);
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilPaid(shop.qontoPay, checkoutId);
    expect(await shopper.pay()).toMatchObject({
      __typename: "QontoPayCheckoutRefused",
      message: "This order is paid already.",
    });
    expect((await order()).state).toBe("PaymentSettled");
  });

  it("a shopper who claims to have paid is declined", async () => {
    const { checkoutId } = await shopper.pay();
    const { addPaymentToOrder } = await shopper.session.ask<{ addPaymentToOrder: { __typename: string } }>(
      `mutation ($input: PaymentInput!) { addPaymentToOrder(input: $input) { __typename } }`,
      { input: { method: "qonto", metadata: { paid: { id: checkoutId, cents: 1489 } } } },
    );
    expect(addPaymentToOrder).toEqual({ __typename: "PaymentDeclinedError" });
    expect((await order()).state).toBe("ArrangingPayment");
  });

  it("the status of a checkout of another shop is not found", async () => {
    const price = { value: "9.00", currency: "EUR" };
    const items = [{ title: "Tea", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" } as const];
    const { id } = await shop.qontoPay.checkouts.create({ items });
    await expect(shopper.sync(id)).rejects.toThrow("There is no such checkout here.");
  });

  it("an error while the Worker is down reveals nothing of how the shop is built", async () => {
    const { checkoutId } = await shopper.pay();
    shop.gate.isOpen = false;
    const answer = shopper.sync(checkoutId);
    await expect(answer).rejects.toThrow("The payment status is not available now. Please try again in a moment.");
    await expect(answer).rejects.not.toThrow(/127\.0\.0\.1|QontoPay[A-Z]\w*Error/);
  });

  it("a status request while Qonto is down returns the Worker's last known status", async () => {
    const { checkoutId } = await shopper.pay();
    await controlSandbox(inject("sandboxUrl"), "POST", "faults", { operation: "getPaymentLink", status: 400 });
    expect(await shopper.sync(checkoutId)).toBe("open");
  });

  it("repeated status requests cause one call to the Worker", async () => {
    const { checkoutId } = await shopper.pay();
    shop.gate.seen.length = 0;
    const answers = Array.from({ length: 5 }, () => shopper.sync(checkoutId));
    expect(new Set(await Promise.all(answers))).toEqual(new Set(["open"]));
    expect(shop.gate.seen).toEqual([`POST /v1/checkouts/${checkoutId}/sync`]);
  });

  it("the Worker's status page leads a shopper who has paid back to the shop", async () => {
    const { checkoutId } = await shopper.pay();
    const statusUrl = (await shopper.statusUrl()) ?? "";
    expect(statusUrl).toContain(`/checkouts/${checkoutId}?token=`);
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilState("PaymentSettled");
    const page = await (await fetch(statusUrl)).text();
    expect(page).toContain(`/thanks/${code}`);
  });

  it("a shopper without a cart, or while the Worker is down, gets a message", async () => {
    const other = await shop.storefront().pay();
    expect(other).toMatchObject({ __typename: "QontoPayCheckoutRefused", message: "There is no active order." });
    shop.gate.isOpen = false;
    expect(await shopper.pay()).toMatchObject({
      __typename: "QontoPayCheckoutRefused",
      message: "The payment could not be started. Please try again in a moment.",
    });
  });
});

describe("a shopper in dollars", () => {
  it("a cart in dollars is rejected: Qonto takes euros only", async () => {
    await priceIn(admin, "USD", "Mug", 1100);
    const american = shop.storefront("USD");
    await american.fillCart("Mug", 1);
    expect(await american.pay()).toMatchObject({ message: "Qonto takes payments in EUR only." });
    expect((await american.cart())?.state).toBe("AddingItems");
  });
});

describe("a payment that does not match its order", () => {
  it("a payment for a cart that was changed in another tab is reported to the merchant", async () => {
    const { checkoutId } = await shopper.pay();
    await shopper.goTo("AddingItems");
    await shopper.add("Cookbook", 1);
    await payAtQonto(shop.qontoPay, checkoutId);
    await expect.poll(async () => (await order()).notes).toHaveLength(1);
    const { state, payments, notes } = await order();
    expect({ state, payments }).toEqual({ state: "AddingItems", payments: [] });
    expect(notes[0]).toContain(`14.89 EUR were paid by Qonto checkout ${checkoutId}`);
    expect(notes[0]).toContain("39.84 EUR are due");
    expect(shop.logger.lines).toContainEqual(expect.stringContaining(`Order ${code}: 14.89 EUR were paid`));
    expect(await shop.deliver(await eventOf(shop.qontoPay, "checkout.paid", checkoutId))).toBe(204);
    expect((await order()).notes).toHaveLength(1);
  });

  it("a payment of a replaced link is reported, and the new link can no longer be paid", async () => {
    const before = await shopper.pay();
    await shopper.goTo("AddingItems");
    await shopper.add("Cookbook", 1);
    const now = await shopper.pay();
    await expect.poll(() => statusOf(before.checkoutId)).toBe("canceled");
    await payAtQonto(shop.qontoPay, before.checkoutId, true);
    await expect.poll(async () => (await order()).notes).toHaveLength(2);
    expect((await order()).notes[1]).toContain(`paid although ${now.checkoutId} had replaced it`);
    await expect.poll(() => statusOf(now.checkoutId)).toBe("canceled");
    expect((await order()).payments).toEqual([]);
  });

  it("a second payment of a link is reported once, however often its event comes", async () => {
    const { checkoutId } = await shopper.pay();
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilState("PaymentSettled");
    await payAtQonto(shop.qontoPay, checkoutId, true);
    const event = await eventOf(shop.qontoPay, "checkout.duplicate_payment", checkoutId);
    expect(await shop.deliver(event)).toBe(204);
    expect(await shop.deliver(event)).toBe(204);
    const { state, payments, notes } = await order();
    expect({ state, count: payments.length }).toEqual({ state: "PaymentSettled", count: 1 });
    expect(notes).toEqual([expect.stringContaining(`${event.data.payment?.id} is one too many`)]);
  });

  it("a payment of another amount pays no order and is reported", async () => {
    const { checkoutId } = await shopper.pay();
    // For every read: the Worker may also read the payments before the shopper pays.
    const fault = { operation: "listPayments", amount_off_by: "-1.00", times: 0 };
    await controlSandbox(inject("sandboxUrl"), "POST", "faults", fault);
    await payAtQonto(shop.qontoPay, checkoutId);
    await expect.poll(async () => (await order()).notes).toHaveLength(1);
    await controlSandbox(inject("sandboxUrl"), "DELETE", "faults");
    const { payments, notes } = await order();
    expect(payments).toEqual([]);
    expect(notes[0]).toContain(`Qonto checkout ${checkoutId} is over 14.89 EUR, and 13.89 EUR were paid`);
  });

  it("a payment of a link that no checkout knows is reported, and pays no order", async () => {
    const { checkoutId } = await shopper.pay();
    const checkout = await shop.qontoPay.checkouts.get(checkoutId);
    const data = { checkout, payment_link: { id: "lost-link", amount: checkout.amount } };
    const event = {
      id: "evt_unmatched",
      type: "payment.unmatched",
      created_at: new Date().toISOString(),
      data,
    } as const;
    expect(await shop.deliver(event)).toBe(204);
    expect(await shop.deliver(event)).toBe(204);
    const { payments, notes } = await order();
    expect(payments).toEqual([]);
    expect(notes).toEqual([expect.stringContaining("14.89 EUR were paid with payment link lost-link")]);
  });

  it("a payment for a cancelled order is reported to the merchant", async () => {
    const { checkoutId } = await shopper.pay();
    expect(await cancel()).toBe("Cancelled");
    expect(await statusOf(checkoutId)).toBe("canceled");
    await payAtQonto(shop.qontoPay, checkoutId, true);
    await expect.poll(async () => (await order()).notes).toHaveLength(1);
    expect((await order()).notes[0]).toContain("nothing was due (the order is Cancelled)");
    expect((await order()).state).toBe("Cancelled");
  });
});

describe("a merchant who cancels an order", () => {
  it("cancelling an order deactivates its link", async () => {
    const { checkoutId } = await shopper.pay();
    expect(await cancel()).toBe("Cancelled");
    expect(await statusOf(checkoutId)).toBe("canceled");
  });

  it("an order that was paid meanwhile is settled instead of cancelled", async () => {
    const { checkoutId } = await shopper.pay();
    await shop.hearsWebhooks(false);
    await payAtQonto(shop.qontoPay, checkoutId);
    expect(await cancel()).toContain("It was paid meanwhile");
    const { state, payments } = await order();
    expect(state).toBe("PaymentSettled");
    expect(payments).toEqual([expect.objectContaining({ state: "Settled", transactionId: checkoutId })]);
  });

  it("an order is not cancelled while its payment status is unknown", async () => {
    await shopper.pay();
    shop.gate.isOpen = false;
    expect(await cancel()).toContain("try again in a few minutes");
    shop.gate.isOpen = true;
    expect(await cancel()).toBe("Cancelled");
  });

  it("a placed order is cancelled with a note that its payment status is unknown", async () => {
    await shopper.pay();
    expect(await shopper.goTo("AddingItems")).toBe("AddingItems");
    await shopper.add("Cookbook", 1);
    await payInFull();
    shop.gate.isOpen = false;
    expect(await cancel()).toBe("Cancelled");
    expect((await order()).notes.at(-1)).toContain("payment status is not available now");
  });

  it("an order without a checkout is cancelled without the Worker", async () => {
    shop.gate.isOpen = false;
    expect(await cancel()).toBe("Cancelled");
  });

  it("a paid and settled order can be cancelled", async () => {
    await payInFull();
    expect(await cancel()).toBe("Cancelled");
  });
});

describe("a merchant who wants the money back", () => {
  it("a refund fails and says where to make it", async () => {
    await payInFull();
    const { payments } = await order();
    const { refundOrder } = await admin.ask<{ refundOrder: { state: string; metadata: { message: string } } }>(
      "mutation ($input: RefundOrderInput!) { refundOrder(input: $input) { ... on Refund { state metadata } } }",
      { input: { paymentId: payments[0]?.id, amount: 1489, reason: "broken", lines: [], shipping: 0, adjustment: 0 } },
    );
    expect(refundOrder.state).toBe("Failed");
    expect(refundOrder.metadata.message).toContain("refund it in your Mollie or Qonto account");
    expect((await order()).notes).toEqual([expect.stringContaining("refund it in your Mollie or Qonto account")]);
  });

  it("a settled payment can't be cancelled", async () => {
    await payInFull();
    const { cancelPayment } = await admin.ask<{ cancelPayment: { paymentErrorMessage?: string } }>(
      "mutation ($id: ID!) { cancelPayment(id: $id) { ... on CancelPaymentError { paymentErrorMessage } } }",
      { id: (await order()).payments[0]?.id },
    );
    expect(cancelPayment.paymentErrorMessage).toContain("refund it in your Mollie or Qonto account");
    expect((await order()).payments[0]?.state).toBe("Settled");
  });
});

async function payInFull(): Promise<void> {
  const { checkoutId } = await shopper.pay();
  await payAtQonto(shop.qontoPay, checkoutId);
  await untilState("PaymentSettled");
}
