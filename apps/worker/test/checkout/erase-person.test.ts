import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Erasure } from "../../src/storage/erasure.ts";
import { merchantObject, moveClock, ringAlarmAfter, ringUntil } from "../support/object/merchant-object.ts";
import { readMerchant } from "../support/object/merchant-snapshot.ts";
import { payCheckout, readCheckout, syncCheckout } from "../support/paid-checkout.ts";
import { answerAsServer, callAsServer, openServerCheckout, type ServerCheckout, toldTypes } from "../support/server.ts";
import { errorOf, openShop } from "../support/shop.ts";
import { openEndpoint } from "../support/shop-server.ts";

/** Contained in the data of a person, and in no other. */
const CANARY = "ada-lovelace";

/** Of each payer in the sandbox. */
const EMAIL = "shopper@example.com";

const ITEM = {
  title: `Ring, engraved ${CANARY}`,
  quantity: 1,
  price: { value: "12.00", currency: "EUR" },
  tax_behavior: "inclusive",
  vat_rate: "20",
};

const ORDER = {
  items: [ITEM],
  metadata: { customer: CANARY },
  success_url: `http://localhost:5173/thanks?customer=${CANARY}`,
};

const INVOICE = {
  invoice_id: "0190a0a0-0000-7000-8000-000000000001",
  invoice_number: "INV-1",
  debitor_name: "Ada King",
  amount: { value: "12.00", currency: "EUR" },
};

const DAY_MS = 24 * 60 * 60_000;

interface Erased {
  readonly deleted: number;
  readonly pseudonymized: number;
  readonly open: readonly string[];
  readonly has_more: boolean;
}

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function erase(body: object): Promise<Erased> {
  return answerAsServer("POST", "erase", { body });
}

/** Everything that the merchant's database contains, apart from encrypted values. */
async function stored(): Promise<string> {
  return JSON.stringify((await readMerchant("demo")).tables);
}

async function paidOrder(body: object = {}): Promise<ServerCheckout> {
  const checkout = await openServerCheckout({ ...ORDER, reference: "ORDER-1", ...body });
  await payCheckout(checkout);
  await syncCheckout(checkout);
  return checkout;
}

describe("the erasure of a reference", () => {
  it("removes a checkout without a payment from events and stored answers, and deletes it 30 days after its end", async () => {
    await openEndpoint("/shop");
    const idempotencyKey = "order-of-ada-1";
    const body = { ...ORDER, reference: "ORDER-1" };
    const { id } = await answerAsServer<ServerCheckout>("POST", "checkouts", { body, idempotencyKey });
    await answerAsServer("POST", `checkouts/${id}/cancel`);
    expect(await stored()).toContain(CANARY);
    expect(await erase({ reference: "ORDER-1" })).toEqual({ deleted: 0, pseudonymized: 1, open: [], has_more: false });
    expect(await stored()).not.toContain(CANARY);
    const repeated = await callAsServer("POST", "checkouts", { body, idempotencyKey });
    const text = await repeated.text();
    expect(repeated.status).toBe(201);
    expect(text).toContain(id);
    expect(text).not.toContain(CANARY);
    expect(await answerAsServer("GET", "events")).not.toEqual({ data: [] });
    await ringAlarmAfter(31 * DAY_MS);
    expect((await callAsServer("GET", `checkouts/${id}`)).status).toBe(404);
  });

  it("deletes a checkout that ended long ago at once, also its reference", async () => {
    const { id } = await openServerCheckout({ ...ORDER, reference: "ORDER-1" });
    await answerAsServer("POST", `checkouts/${id}/cancel`);
    await moveClock(31 * DAY_MS);
    expect(await erase({ reference: "ORDER-1" })).toEqual({ deleted: 1, pseudonymized: 0, open: [], has_more: false });
    vi.useRealTimers();
    const left = await stored();
    expect(left).not.toContain(CANARY);
    expect(left).not.toContain("ORDER-1");
    expect((await callAsServer("GET", `checkouts/${id}`)).status).toBe(404);
  });

  it("does not prevent the report of a payment that was under way", async () => {
    const checkout = await openServerCheckout({ ...ORDER, reference: "ORDER-1" });
    await answerAsServer("POST", `checkouts/${checkout.id}/cancel`);
    await erase({ reference: "ORDER-1" });
    await payCheckout(checkout, { force: true });
    await ringUntil(async () => expect(await toldTypes()).toContain("checkout.paid"), 60_000);
    vi.useRealTimers();
    expect(await readCheckout(checkout)).toMatchObject({ status: "paid", payment_count: 1, reference: "ORDER-1" });
    expect(await stored()).toContain(EMAIL);
    expect(await erase({ reference: "ORDER-1" })).toMatchObject({ deleted: 0, pseudonymized: 1 });
    expect(await stored()).not.toContain(EMAIL);
    expect(await erase({ reference: "ORDER-1" })).toMatchObject({ deleted: 0, pseudonymized: 0 });
  });

  it("keeps a checkout that is paid during the erasure", async () => {
    const { id } = await openServerCheckout({ ...ORDER, reference: "ORDER-1" });
    await answerAsServer("POST", `checkouts/${id}/cancel`);
    await moveClock(31 * DAY_MS);
    const sql = await runInDurableObject(merchantObject(), (_object, { storage }) => storage.sql);
    const search = vi.spyOn(Erasure.prototype, "answersAfter").mockImplementation(() => {
      // Another call records the payment meanwhile.
      sql.exec("INSERT INTO payments VALUES ('late', ?, '{}', ?)", id, Date.now());
      return [];
    });
    expect(await erase({ reference: "ORDER-1" })).toMatchObject({ deleted: 0, pseudonymized: 1 });
    expect(search).toHaveBeenCalled();
    vi.useRealTimers();
    expect((await callAsServer("GET", `checkouts/${id}`)).status).toBe(200);
  });

  it("leaves the record of money of a paid checkout, also after Qonto is read again", async () => {
    const { id, amount } = await paidOrder();
    expect(await erase({ reference: "ORDER-1" })).toEqual({ deleted: 0, pseudonymized: 1, open: [], has_more: false });
    await answerAsServer("POST", `checkouts/${id}/sync`);
    const left = await stored();
    for (const personal of [CANARY, EMAIL]) expect(left).not.toContain(personal);
    const kept = await answerAsServer<ServerCheckout>("GET", `checkouts/${id}`);
    expect(kept).toMatchObject({ id, amount, status: "paid", reference: "ORDER-1", metadata: {}, payment_count: 1 });
    expect(kept.payments).toMatchObject([{ status: "paid", amount }]);
    expect(JSON.stringify(kept.payments)).not.toContain("debitor");
    const again = await callAsServer("POST", "checkouts", { body: { ...ORDER, reference: "ORDER-1" } });
    expect(await errorOf(again)).toMatchObject({ code: "order_already_paid", checkout_id: id });
    expect(await erase({ reference: "ORDER-1" })).toMatchObject({ deleted: 0, pseudonymized: 0 });
  });

  it("names a checkout that can still be paid, and leaves it", async () => {
    const open = await openServerCheckout({ ...ORDER, reference: "ORDER-1" });
    expect(await erase({ reference: "ORDER-1" })).toMatchObject({ deleted: 0, pseudonymized: 0, open: [open.id] });
    expect(await readCheckout(open)).toMatchObject({ status: "open", metadata: { customer: CANARY } });
  });

  it("names a checkout that is being paid, whose payment is reported", async () => {
    const checkout = await openServerCheckout({ ...ORDER, reference: "ORDER-1" });
    await payCheckout(checkout, { status: "pending" });
    await syncCheckout(checkout);
    const { id } = checkout;
    expect(await erase({ reference: "ORDER-1" })).toMatchObject({ deleted: 0, pseudonymized: 0, open: [id] });
    await payCheckout(checkout);
    expect(await syncCheckout(checkout)).toMatchObject({ status: "paid", metadata: { customer: CANARY } });
  });

  it("leaves the data of others", async () => {
    await paidOrder();
    const other = await paidOrder({ reference: "ORDER-2", metadata: { customer: "grace" } });
    await erase({ reference: "ORDER-1" });
    expect(await readCheckout(other)).toMatchObject({ reference: "ORDER-2", metadata: { customer: "grace" } });
  });

  it("erases several checkouts of a reference", async () => {
    for (let count = 0; count < 3; count += 1) {
      const { id } = await openServerCheckout({ ...ORDER, reference: "ORDER-1" });
      await answerAsServer("POST", `checkouts/${id}/cancel`);
    }
    expect(await erase({ reference: "ORDER-1" })).toMatchObject({ pseudonymized: 3, has_more: false });
  });
});

describe("the erasure of a payer", () => {
  it("finds the checkouts by the payer's email address", async () => {
    const { id } = await paidOrder();
    expect(await erase({ payer: "Shopper@Example.com" })).toMatchObject({ deleted: 0, pseudonymized: 1 });
    const left = await stored();
    for (const personal of [CANARY, EMAIL]) expect(left).not.toContain(personal);
    expect(await answerAsServer("GET", `checkouts/${id}`)).toMatchObject({ status: "paid", metadata: {} });
  });

  it("finds them by an entry of their metadata", async () => {
    const { id } = await openServerCheckout(ORDER);
    await answerAsServer("POST", `checkouts/${id}/cancel`);
    expect(await erase({ payer: "ada" })).toMatchObject({ pseudonymized: 0 });
    expect(await erase({ payer: CANARY })).toMatchObject({ pseudonymized: 1 });
    expect(await stored()).not.toContain(CANARY);
  });

  it.each(["EUR", "paid", "server", "12.00", "customer"])(
    "finds no one by %s, which is no personal data",
    async (payer) => {
      const { id } = await paidOrder();
      expect(await erase({ payer })).toMatchObject({ deleted: 0, pseudonymized: 0 });
      expect(await answerAsServer("GET", `checkouts/${id}`)).toMatchObject({ metadata: { customer: CANARY } });
    },
  );

  it("finds the invoice of a debtor", async () => {
    const { id } = await openServerCheckout({ items: undefined, invoice: INVOICE });
    await answerAsServer("POST", `checkouts/${id}/cancel`);
    expect(await stored()).toContain(INVOICE.debitor_name);
    expect(await erase({ payer: INVOICE.debitor_name.toLowerCase() })).toMatchObject({ pseudonymized: 1 });
    expect(await stored()).not.toContain(INVOICE.debitor_name);
  });

  it("removes the payer from payments and events of a reusable checkout, and leaves the checkout", async () => {
    const reusable = await openServerCheckout({ items: [{ ...ITEM, title: "Ring" }], reusable: true });
    await payCheckout(reusable);
    await syncCheckout(reusable);
    await payCheckout(reusable);
    await syncCheckout(reusable);
    expect(await stored()).toContain(EMAIL);
    await erase({ payer: EMAIL });
    expect(await stored()).not.toContain(EMAIL);
    expect(await readCheckout(reusable)).toMatchObject({ status: "open", payment_count: 2 });
    expect(JSON.stringify((await readCheckout(reusable)).payments)).not.toContain(EMAIL);
  });

  it.each([{}, { reference: "ORDER-1", payer: "ada@shop.example" }, { payer: "a" }, { email: "x" }])(
    "is rejected for %j",
    async (body) => {
      expect((await callAsServer("POST", "erase", { body })).status).toBe(422);
    },
  );
});
