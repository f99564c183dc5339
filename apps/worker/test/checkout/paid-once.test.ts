import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { breakTable, repairTable, ringAlarm, ringAlarmAfter } from "../support/object/merchant-object.ts";
import { OFFERED, signOffer } from "../support/offer.ts";
import { breakOperation, callsOf, control, linksAtQonto } from "../support/sandbox.ts";
import {
  answerAsServer,
  callAsServer,
  openAndName,
  openServerCheckout,
  type ServerCheckout,
  toldEvents,
  toldTypes,
} from "../support/server.ts";
import { checkoutFor, errorOf, openShop } from "../support/shop.ts";

const REFERENCE = OFFERED.reference;
const INVOICE = {
  invoice_id: "2f6a3b1e-8a54-4d1c-9a55-0d6f5b1c9e77",
  invoice_number: "INV-12345",
  debitor_name: "Ada Lovelace",
  amount: { value: "150.00", currency: "EUR" },
};
const ANOTHER = { reference: REFERENCE, metadata: { cart: "changed" } };

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

function sync(id: string): Promise<ServerCheckout> {
  return answerAsServer("POST", `checkouts/${id}/sync`);
}

async function linkOf(id: string): Promise<string> {
  return (await answerAsServer<ServerCheckout>("GET", `checkouts/${id}`)).payment_link.id;
}

/** Pays a checkout, or starts its payment. */
async function pay(id: string, status = "paid"): Promise<void> {
  await control("POST", `payment_links/${await linkOf(id)}/payments`, { status, force: status === "paid" });
  await sync(id);
}

/** The ways in which the merchant can open the first checkout of an order. */
const OPENED_BY = {
  "a server": async () => (await openServerCheckout({ reference: REFERENCE })).id,
  "an invoice": async () => {
    const body = { invoice: INVOICE, reference: REFERENCE };
    return (await answerAsServer<ServerCheckout>("POST", "checkouts", { body })).id;
  },
  "an offer": async () => (await checkoutFor({ offer: await signOffer(), attempt_id: "attempt-0001" })).id,
} as const;

const MONEY = [
  ["paid", "paid"],
  ["processing", "pending"],
] as const;

describe.each(Object.keys(OPENED_BY) as (keyof typeof OPENED_BY)[])("an order opened by %s", (opener) => {
  describe.each(MONEY)("that is %s", (status, payment) => {
    let first: string;
    beforeEach(async () => {
      first = await OPENED_BY[opener]();
      await pay(first, payment);
      await control("DELETE", "journal");
    });

    it.each([
      ["items", ANOTHER],
      ["an invoice", { items: undefined, invoice: INVOICE, reference: REFERENCE }],
    ])("is not opened again by a server for %s: 409, with its id", async (_what, body) => {
      const { items } = OFFERED;
      const response = await callAsServer("POST", "checkouts", { body: { items, ...body } });
      expect(response.status).toBe(409);
      const error = await errorOf(response);
      expect(error).toMatchObject({ code: "order_already_paid", param: "reference", checkout_id: first });
      expect(error.message).toContain(first);
      expect(await callsOf("createPaymentLink")).toEqual([]);
    });

    it("returns its own checkout if its offer is taken again", async () => {
      const offer = await signOffer();
      const again = await checkoutFor({ offer, attempt_id: "attempt-0002" });
      expect(again).toMatchObject({ id: first, status });
      expect(await checkoutFor({ offer, attempt_id: "attempt-0002" })).toMatchObject({ id: first, status });
      expect(await callsOf("createPaymentLink")).toEqual([]);
    });

    it("is still returned to its own call, and another reference can be sold", async () => {
      await openServerCheckout({ reference: "ANOTHER" });
      expect(await callsOf("createPaymentLink")).toHaveLength(1);
    });
  });

  it("can be sold again if its payment failed", async () => {
    const first = await OPENED_BY[opener]();
    await pay(first, "pending");
    await pay(first, "failed");
    const second = await openServerCheckout(ANOTHER);
    expect(second.id).not.toBe(first);
    await ringAlarm();
    await eventually(async () => expect((await sync(first)).status).toBe("canceled"));
  });
});

describe("a reference that a shopper wrote into a button", () => {
  it("blocks no server, offer or other shopper", async () => {
    const bought = await checkoutFor({ product: "mug", reference: REFERENCE });
    await pay(bought.id);
    expect((await openServerCheckout(ANOTHER)).status).toBe("open");
    expect((await checkoutFor({ product: "mug", reference: REFERENCE })).id).not.toBe(bought.id);
    expect((await checkoutFor({ offer: await signOffer(), attempt_id: "attempt-0009" })).status).toBe("open");
  });
});

describe("the same call after its order is paid", () => {
  it("returns its checkout, not an error", async () => {
    const call = { body: { items: OFFERED.items, reference: REFERENCE }, idempotencyKey: "order-00001" };
    const first = await answerAsServer<ServerCheckout>("POST", "checkouts", call);
    await pay(first.id);
    expect(await answerAsServer("POST", "checkouts", call)).toMatchObject({ id: first.id });
  });
});

describe("an order that is paid by one link while another one is open", () => {
  it("has the other one deactivated", async () => {
    const first = await openServerCheckout({ reference: REFERENCE });
    await breakOperation("deactivatePaymentLink", { status: 500, times: 0 });
    const second = await openAndName(REFERENCE);
    await pay(first.id);
    await control("DELETE", "faults");
    await ringAlarmAfter(61_000);
    await eventually(async () => expect((await sync(second.id)).status).toBe("canceled"));
    expect((await linksAtQonto()).filter(({ status }) => status === "open")).toEqual([]);
  });
});

describe("a second payment for one order", () => {
  it("of two checkouts is reported as a duplicate, with the checkout that was paid first", async () => {
    const first = await openServerCheckout({ reference: REFERENCE });
    const second = await openServerCheckout(ANOTHER);
    await pay(second.id);
    await pay(first.id);
    const told = await toldEvents();
    const types = told.map(({ type }) => type).filter((type) => type !== "checkout.canceled");
    expect(types).toEqual([
      "checkout.paid",
      "checkout.paid",
      "checkout.paid_after_superseded",
      "checkout.duplicate_payment",
    ]);
    const { payments } = await answerAsServer<ServerCheckout>("GET", `checkouts/${first.id}`);
    expect(told.at(-1)?.data).toMatchObject({
      checkout: { id: first.id, status: "paid" },
      payment: { id: payments[0]?.id },
      duplicate_of: second.id,
    });
    const { checks } = await answerAsServer<{ checks: readonly { name: string }[] }>("GET", "diagnostics");
    expect(checks.find(({ name }) => name === "payments_to_review")).toMatchObject({
      status: "warning",
      measured: { duplicate_payments: 1, last_checkout_id: first.id },
    });
  });

  it("of one checkout is reported once, regardless of the number of reads, and names that checkout", async () => {
    const { id } = await openServerCheckout({ reference: REFERENCE });
    await pay(id);
    await pay(id);
    await sync(id);
    expect(await toldTypes()).toEqual(["checkout.paid", "checkout.duplicate_payment"]);
    expect((await toldEvents())[1]?.data).toMatchObject({ duplicate_of: id });
  });

  it("that arrived before the first read is also a duplicate", async () => {
    const { id } = await openServerCheckout();
    const link = await linkOf(id);
    const payment = { status: "paid", force: true };
    await control("POST", `payment_links/${link}/payments`, payment);
    await control("POST", `payment_links/${link}/payments`, payment);
    await sync(id);
    expect(await toldTypes()).toEqual(["checkout.paid", "checkout.duplicate_payment"]);
  });
});

describe("a payment whose order has another open checkout", () => {
  it("is recorded together with the deactivation of the other one, so that a defect in between loses neither", async () => {
    const first = await openServerCheckout({ reference: REFERENCE });
    const second = await openServerCheckout({ ...ANOTHER });
    await control("POST", `payment_links/${first.payment_link.id}/payments`, { status: "paid", force: true });
    await breakTable("INSERT ON unclaimed_links");
    expect((await callAsServer("POST", `checkouts/${first.id}/sync`)).status).toBe(500);
    await repairTable();
    expect((await sync(first.id)).status).toBe("paid");
    await eventually(async () => {
      const link = (await linksAtQonto()).find(({ id }) => id === second.payment_link.id);
      expect(link?.status).toBe("canceled");
    });
    expect((await toldTypes()).filter((type) => type === "checkout.paid")).toHaveLength(1);
  });
});
