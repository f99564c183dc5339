import { controlSandbox } from "@qonto-pay/local-stack/control-sandbox.ts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from "vitest";
import { cancelOrder, type OfficeOrder, readOrder } from "./setup/back-office.ts";
import { priceIn } from "./setup/currencies.ts";
import type { GraphqlSession } from "./setup/graphql-session.ts";
import { eventOf, payAtQonto, untilPaid } from "./setup/payments.ts";
import { referenceOf, Shop } from "./setup/shop.ts";
import type { Storefront } from "./setup/storefront.ts";

/** What shoppers and merchants do to an order while its link is out there. */

let shop: Shop;
let admin: GraphqlSession;
let shopper: Storefront;
let code: string;

beforeAll(async () => {
  shop = await Shop.open();
  admin = await shop.admin();
});

afterAll(() => shop.close());

beforeEach(async () => {
  shopper = shop.storefront();
  await shopper.fillCart("Mug", 1);
  code = (await shopper.cart())?.code ?? "";
});

afterEach(async () => {
  shop.gate.reset();
  shop.rules.reset();
  await shop.hearsWebhooks(true);
});

const order = (): Promise<OfficeOrder> => readOrder(admin, code);
const cancel = () => cancelOrder(admin, code);
const untilState = (state: string) => expect.poll(async () => (await order()).state).toBe(state);
const statusOf = async (id: string) => (await shop.qontoPay.checkouts.get(id)).status;

describe("a shopper", () => {
  it("who clicks twice, or comes back, gets the same link", async () => {
    const [first, second] = await Promise.all([shopper.pay(), shopper.pay()]);
    expect(second).toEqual(first);
    expect(await shopper.pay()).toEqual(first);
    const { data: checkouts } = await shop.qontoPay.checkouts.list({ reference: referenceOf(code) });
    expect(checkouts).toHaveLength(1);
  });

  it("who changes the cart gets a new link, and the old one can't be paid any more", async () => {
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

  it("whose link has ended gets another one", async () => {
    const before = await shopper.pay();
    await shop.qontoPay.checkouts.cancel(before.checkoutId);
    const now = await shopper.pay();
    expect(now.checkoutId).not.toBe(before.checkoutId);
    expect(await statusOf(now.checkoutId)).toBe("open");
    expect((await order()).state).toBe("ArrangingPayment");
  });

  it("who has paid, and clicks before anybody told the shop, is not asked to pay again", async () => {
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

  it("who says to have paid has not", async () => {
    const { checkoutId } = await shopper.pay();
    const { addPaymentToOrder } = await shopper.session.ask<{ addPaymentToOrder: { __typename: string } }>(
      `mutation ($input: PaymentInput!) { addPaymentToOrder(input: $input) { __typename } }`,
      { input: { method: "qonto", metadata: { paid: { id: checkoutId, cents: 1489 } } } },
    );
    expect(addPaymentToOrder).toEqual({ __typename: "PaymentDeclinedError" });
    expect((await order()).state).toBe("ArrangingPayment");
  });

  it("who asks for a checkout that is none of this shop's is not told of it", async () => {
    const price = { value: "9.00", currency: "EUR" };
    const items = [{ title: "Tea", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" } as const];
    const { id } = await shop.qontoPay.checkouts.create({ items });
    await expect(shopper.sync(id)).rejects.toThrow("There is no such checkout here.");
  });

  it("who asks how it stands while the Worker is away is told nothing of how the shop is built", async () => {
    const { checkoutId } = await shopper.pay();
    shop.gate.isOpen = false;
    const answer = shopper.sync(checkoutId);
    await expect(answer).rejects.toThrow(
      "How the payment stands can't be found out now. Please try again in a moment.",
    );
    await expect(answer).rejects.not.toThrow(/127\.0\.0\.1|QontoPay[A-Z]\w*Error/);
  });

  it("who asks how it stands while Qonto is away is told what the Worker knows", async () => {
    const { checkoutId } = await shopper.pay();
    await controlSandbox(inject("sandboxUrl"), "POST", "faults", { operation: "getPaymentLink", status: 400 });
    expect(await shopper.sync(checkoutId)).toBe("open");
  });

  it("who asks again and again how it stands has it read once in a while", async () => {
    const { checkoutId } = await shopper.pay();
    shop.gate.seen.length = 0;
    const answers = Array.from({ length: 5 }, () => shopper.sync(checkoutId));
    expect(new Set(await Promise.all(answers))).toEqual(new Set(["open"]));
    expect(shop.gate.seen).toEqual([`POST /v1/checkouts/${checkoutId}/sync`]);
  });

  it("is shown how it stands by a page of the Worker's, where the storefront has none", async () => {
    const { checkoutId } = await shopper.pay();
    const statusUrl = (await shopper.statusUrl()) ?? "";
    expect(statusUrl).toContain(`/checkouts/${checkoutId}?token=`);
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilState("PaymentSettled");
    const page = await (await fetch(statusUrl)).text();
    expect(page).toContain(`/thanks/${code}`);
  });

  it("without a cart, or while the Worker is away, is told so", async () => {
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
  it("is told that Qonto takes euros only", async () => {
    await priceIn(admin, "USD", "Mug", 1100);
    const american = shop.storefront("USD");
    await american.fillCart("Mug", 1);
    expect(await american.pay()).toMatchObject({ message: "Qonto takes payments in EUR only." });
    expect((await american.cart())?.state).toBe("AddingItems");
  });
});

describe("the money that does not fit the order is told to the merchant", () => {
  it("for a cart that was changed in another tab", async () => {
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

  it("for an old link and the new one", async () => {
    const before = await shopper.pay();
    await shopper.goTo("AddingItems");
    await shopper.add("Cookbook", 1);
    const now = await shopper.pay();
    await expect.poll(() => statusOf(before.checkoutId)).toBe("canceled");
    await payAtQonto(shop.qontoPay, before.checkoutId, true);
    await expect.poll(async () => (await order()).notes).toHaveLength(2);
    expect((await order()).notes[1]).toContain(`paid although ${now.checkoutId} had taken its place`);
    await payAtQonto(shop.qontoPay, now.checkoutId);
    await untilState("PaymentSettled");
    expect((await order()).payments.map(({ transactionId }) => transactionId)).toEqual([now.checkoutId]);
  });

  it("for a link that is paid twice, once however often it is said", async () => {
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

  it("for a payment over another amount, which pays no order", async () => {
    const { checkoutId } = await shopper.pay();
    const fault = { operation: "listPayments", amount_off_by: "-1.00" };
    await controlSandbox(inject("sandboxUrl"), "POST", "faults", fault);
    await payAtQonto(shop.qontoPay, checkoutId);
    await expect.poll(async () => (await order()).notes).toHaveLength(1);
    const { payments, notes } = await order();
    expect(payments).toEqual([]);
    expect(notes[0]).toContain(`Qonto checkout ${checkoutId} is over 14.89 EUR, and 13.89 EUR were paid`);
  });

  it("for an order that was cancelled before", async () => {
    const { checkoutId } = await shopper.pay();
    expect(await cancel()).toBe("Cancelled");
    expect(await statusOf(checkoutId)).toBe("canceled");
    await payAtQonto(shop.qontoPay, checkoutId, true);
    await expect.poll(async () => (await order()).notes).toHaveLength(1);
    expect((await order()).notes[0]).toContain("nothing was due any more (it is Cancelled)");
    expect((await order()).state).toBe("Cancelled");
  });
});

describe("a merchant who cancels an order", () => {
  it("ends its link", async () => {
    const { checkoutId } = await shopper.pay();
    expect(await cancel()).toBe("Cancelled");
    expect(await statusOf(checkoutId)).toBe("canceled");
  });

  it("that was paid meanwhile gets it settled instead", async () => {
    const { checkoutId } = await shopper.pay();
    await shop.hearsWebhooks(false);
    await payAtQonto(shop.qontoPay, checkoutId);
    expect(await cancel()).toContain("It was paid meanwhile");
    const { state, payments } = await order();
    expect(state).toBe("PaymentSettled");
    expect(payments).toEqual([expect.objectContaining({ state: "Settled", transactionId: checkoutId })]);
  });

  it("while it can't be asked whether it is paid has to wait", async () => {
    await shopper.pay();
    shop.gate.isOpen = false;
    expect(await cancel()).toContain("try again in some minutes");
    shop.gate.isOpen = true;
    expect(await cancel()).toBe("Cancelled");
  });

  it("that is placed already is told what could not be found out", async () => {
    await shopper.pay();
    expect(await shopper.goTo("AddingItems")).toBe("AddingItems");
    await shopper.add("Cookbook", 1);
    await payInFull();
    shop.gate.isOpen = false;
    expect(await cancel()).toBe("Cancelled");
    expect((await order()).notes.at(-1)).toContain("can't be found out now");
  });

  it("that nobody wanted to pay by Qonto does not need the Worker", async () => {
    shop.gate.isOpen = false;
    expect(await cancel()).toBe("Cancelled");
  });

  it("which is paid and dealt with may do so", async () => {
    await payInFull();
    expect(await cancel()).toBe("Cancelled");
  });
});

describe("a merchant who wants the money back", () => {
  it("is told that it can't be refunded here", async () => {
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

  it("can't cancel a payment that was made", async () => {
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
