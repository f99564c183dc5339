import { describe, expect, it } from "vitest";
import type { GraphqlSession } from "./setup/graphql-session.ts";
import { type OfficeOrder, readOrder } from "./setup/back-office.ts";
import { eventOf, payAtQonto, untilPaid } from "./setup/payments.ts";
import { referenceOf, type Shop } from "./setup/shop.ts";
import type { Storefront } from "./setup/storefront.ts";
import { useShop } from "./setup/use-shop.ts";

/** Webhooks that arrive late, twice, early or not at all. */

let shop: Shop;
let admin: GraphqlSession;
let shopper: Storefront;
let code: string;
let checkoutId: string;

useShop(
  (open) => ({ shop, admin } = open),
  (cart) => ({ shopper, code } = cart),
);

const order = (): Promise<OfficeOrder> => readOrder(admin, code);
const untilSettled = () => expect.poll(async () => (await order()).state).toBe("PaymentSettled");

async function startToPay(): Promise<void> {
  ({ checkoutId } = await shopper.pay());
}

describe("a paid checkout", () => {
  it("a payment that is reported several times is added once", async () => {
    await startToPay();
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilSettled();
    const event = await eventOf(shop.qontoPay, "checkout.paid", checkoutId);
    expect(await Promise.all([shop.deliver(event), shop.deliver(event)])).toEqual([204, 204]);
    expect(await shopper.sync(checkoutId)).toBe("paid");
    const { payments, notes } = await order();
    expect(payments).toHaveLength(1);
    expect(notes).toEqual([]);
  });

  it("a payment that is reported before the create call is answered is settled", async () => {
    shop.gate.beforeAnswer = async (method, path) => {
      if (`${method} ${path}` !== "POST /v1/checkouts") return;
      const { data: checkouts } = await shop.qontoPay.checkouts.list({ reference: referenceOf(code) });
      await payAtQonto(shop.qontoPay, checkouts[0]?.id ?? "");
      await untilSettled();
    };
    expect(await shopper.pay()).toMatchObject({ message: "This order is paid already." });
    const [checkout] = (await shop.qontoPay.checkouts.list({ reference: referenceOf(code) })).data;
    expect((await order()).payments).toEqual([expect.objectContaining({ transactionId: checkout?.id, amount: 1489 })]);
  });

  it("a payment while the shop is down is settled at the next start", async () => {
    await startToPay();
    await shop.hearsWebhooks(false);
    await shop.stop();
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilPaid(shop.qontoPay, checkoutId);
    await shop.start();
    admin = await shop.admin();
    await untilSettled();
    expect((await order()).payments).toHaveLength(1);
    await shop.stop();
    shop.gate.seen.length = 0;
    await shop.start();
    admin = await shop.admin();
    const { id } = await eventOf(shop.qontoPay, "checkout.paid", checkoutId);
    await expect.poll(() => shop.gate.seen).toContain(`GET /v1/events?after=${id}`);
  });

  it("the payment of a shopper who returns while webhooks are missing is settled", async () => {
    await startToPay();
    await shop.hearsWebhooks(false);
    await payAtQonto(shop.qontoPay, checkoutId);
    expect(await shopper.sync(checkoutId)).toBe("paid");
    expect((await order()).state).toBe("PaymentSettled");
  });
});

describe("a webhook", () => {
  it("a late expiry or cancellation does not change a paid order", async () => {
    await startToPay();
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilSettled();
    const paid = await eventOf(shop.qontoPay, "checkout.paid", checkoutId);
    for (const status of ["expired", "canceled"] as const) {
      const checkout = { ...(await shop.qontoPay.checkouts.get(checkoutId)), status };
      const late = { ...paid, id: `evt_late${status}`, type: `checkout.${status}` as const, data: { checkout } };
      expect(await shop.deliver(late)).toBe(204);
    }
    const { state, notes } = await order();
    expect({ state, notes }).toEqual({ state: "PaymentSettled", notes: [] });
  });

  it("a webhook that reports an unpaid checkout as paid changes nothing", async () => {
    await startToPay();
    const checkout = { ...(await shop.qontoPay.checkouts.get(checkoutId)), status: "paid" as const };
    const event = {
      id: "evt_untrue",
      type: "checkout.paid",
      created_at: new Date().toISOString(),
      data: { checkout },
    } as const;
    expect(await shop.deliver(event)).toBe(204);
    expect((await order()).state).toBe("ArrangingPayment");
  });

  it("a webhook signed with another secret is answered 401 and changes nothing", async () => {
    await startToPay();
    await shop.hearsWebhooks(false);
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilPaid(shop.qontoPay, checkoutId);
    const event = await eventOf(shop.qontoPay, "checkout.paid", checkoutId);
    const other = `whsec_${Buffer.from("another secret, as long as the real one").toString("base64")}`;
    expect(await shop.deliver(event, other)).toBe(401);
    expect((await order()).state).toBe("ArrangingPayment");
    expect(await shop.deliver(event)).toBe(204);
    expect((await order()).state).toBe("PaymentSettled");
  });

  it("a webhook is answered 503 while the Worker can't be reached", async () => {
    await startToPay();
    await shop.hearsWebhooks(false);
    await payAtQonto(shop.qontoPay, checkoutId);
    await untilPaid(shop.qontoPay, checkoutId);
    const event = await eventOf(shop.qontoPay, "checkout.paid", checkoutId);
    shop.gate.isOpen = false;
    expect(await shop.deliver(event)).toBe(503);
    shop.gate.isOpen = true;
    expect(await shop.deliver(event)).toBe(204);
    expect((await order()).state).toBe("PaymentSettled");
  });

  it("a webhook is answered 500 while the shop's secret is malformed, and the log names the option", async () => {
    const secrets = ["whsec_c2VjcmV0"];
    await shop.stop();
    await shop.start({ webhookSecret: secrets });
    for (const malformed of ["", "whsec_", "whsec_cut!", "c2VjcmV0"]) {
      secrets.splice(0, 1, malformed);
      shop.logger.lines.length = 0;
      expect((await shop.post("{}")).status).toBe(500);
      expect(shop.logger.lines).toEqual([expect.stringContaining("`webhookSecret` of QontoPayPlugin.init must be")]);
    }
    await shop.stop();
    await shop.start();
    admin = await shop.admin();
  });

  it("a webhook that is larger than any of the Worker's is answered 413", async () => {
    expect((await shop.post("x".repeat(300 * 1024))).status).toBe(413);
  });

  it("a webhook about another shop of the merchant changes nothing", async () => {
    const amount = { value: "9.00", currency: "EUR" };
    const line = { title: "Tea", quantity: 1, price: amount, tax_behavior: "inclusive", vat_rate: "20" } as const;
    const { id } = await shop.qontoPay.checkouts.create({ items: [line], reference: referenceOf(code) });
    checkoutId = id;
    await payAtQonto(shop.qontoPay, id);
    await untilPaid(shop.qontoPay, id);
    expect(await shop.deliver(await eventOf(shop.qontoPay, "checkout.paid", checkoutId))).toBe(204);
    expect((await order()).state).toBe("AddingItems");
  });
});
