import { beforeEach, describe, expect, it } from "vitest";
import { eventually } from "../support/eventually.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { breakOperation, callsOf, control, linksAtQonto } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, type ServerCheckout, toldEvents, toldTypes } from "../support/server.ts";
import { errorOf, openShop, SHOP, statusUrl } from "../support/shop.ts";
import { connectionEvent, deliverEvent, paymentLinkEvent } from "../support/webhook.ts";

beforeEach(openShop);

const INVOICE = {
  invoice_id: "550e8400-e29b-41d4-a716-446655440001",
  invoice_number: "INV-12345",
  debitor_name: "John Doe",
  amount: { value: "100.00", currency: "EUR" },
};

const item = (value: string, overrides: Record<string, unknown> = {}) => ({
  title: "Poster",
  quantity: 1,
  price: { value, currency: "EUR" },
  tax_behavior: "inclusive",
  vat_rate: "20",
  ...overrides,
});

function open(body: unknown, idempotencyKey?: string): Promise<ServerCheckout> {
  return answerAsServer("POST", "checkouts", { body, ...(idempotencyKey === undefined ? {} : { idempotencyKey }) });
}

async function payAtQonto({ payment_link }: ServerCheckout, body: Record<string, unknown> = {}): Promise<void> {
  await control("POST", `payment_links/${payment_link.id}/payments`, { status: "paid", ...body });
  await deliverEvent(paymentLinkEvent(payment_link.id));
}

describe("a checkout with a secret key", () => {
  it("has the server's own prices, to the cent, and returns reference and metadata", async () => {
    const checkout = await open({
      items: [item("9.99"), item("4.90", { title: "Shipping", quantity: 1 })],
      reference: "ORDER-1",
      metadata: { cart: "c-7" },
      success_url: `${SHOP}/thanks`,
      cancel_url: `${SHOP}/cart`,
    });
    expect(checkout).toMatchObject({
      status: "open",
      amount: { value: "14.89", currency: "EUR" },
      reference: "ORDER-1",
      metadata: { cart: "c-7" },
      reusable: false,
      success_url: `${SHOP}/thanks`,
      cancel_url: `${SHOP}/cart`,
      superseded_by: null,
      payment_count: 0,
    });
    expect((await linksAtQonto()).map((link) => [link.url, link.amount.value])).toEqual([[checkout.url, "14.89"]]);
    expect(await answerAsServer("GET", `checkouts/${checkout.id}`)).toEqual(checkout);
    expect((await fetchWorker(statusUrl(checkout))).status).toBe(200);
  });

  it("for an invoice is paid and tracked like any other", async () => {
    const checkout = await open({ invoice: INVOICE, reference: "INV-12345" });
    expect(checkout).toMatchObject({ status: "open", amount: INVOICE.amount });
    expect(checkout.payment_link).toMatchObject({ resource_type: "Invoice", invoice_number: "INV-12345" });
    await payAtQonto(checkout);
    await eventually(async () => expect(await toldTypes()).toEqual(["checkout.paid"]));
    const paid = await answerAsServer<ServerCheckout>("GET", `checkouts/${checkout.id}`);
    expect(paid).toMatchObject({ status: "paid", payment_count: 1, payments: [{ status: "paid" }] });
  });

  it("has its payments once its event reports `paid`, even if Qonto lists them late", async () => {
    const checkout = await open({ invoice: INVOICE });
    await breakOperation("listPayments", { delay_ms: 1_000 });
    await payAtQonto(checkout);
    await eventually(async () => expect(await toldTypes()).toEqual(["checkout.paid"]));
    expect(await answerAsServer("GET", `checkouts/${checkout.id}`)).toMatchObject({ payment_count: 1 });
  });

  it.each([404, 422])("causes an error that names the invoice to check if Qonto answers %s", async (status) => {
    await breakOperation("createPaymentLink", { status, times: 2 });
    const { invoice_id, invoice_number, debitor_name, amount } = INVOICE;
    const payment_link = {
      invoice_id,
      invoice_number,
      debitor_name,
      amount,
      potential_payment_methods: ["credit_card"],
    };
    for (const [path, body, param] of [
      ["checkouts", { invoice: INVOICE }, "invoice"],
      ["payment_links", { payment_link }, "payment_link"],
    ] as const) {
      const error = await errorOf(await callAsServer("POST", path, { body }));
      expect(error).toMatchObject({ code: "qonto_refused", param });
      expect(error.message).toContain("finalized, unpaid invoice");
    }
  });

  it("is the same for the same Idempotency-Key, and answers 409 for another body with it", async () => {
    const first = await open({ invoice: INVOICE }, "order-0001");
    expect(await open({ invoice: INVOICE }, "order-0001")).toEqual(first);
    const other = await callAsServer("POST", "checkouts", {
      body: { invoice: { ...INVOICE, debitor_name: "Jane Doe" } },
      idempotencyKey: "order-0001",
    });
    expect(await errorOf(other)).toMatchObject({ code: "idempotency_key_reused", param: "Idempotency-Key" });
    expect(await linksAtQonto()).toHaveLength(1);
  });

  it.each([
    [{}, "items"],
    [{ items: [], invoice: INVOICE }, "items"],
    [{ items: [item("9.999")] }, "items[0].price.value"],
    [{ items: [item("9.99", { price: { value: "9.99", currency: "USD" } })] }, "items[0].price.currency"],
    [{ items: [item("9.99", { quantity: 0 })] }, "items[0].quantity"],
    [{ items: [item("9.99", { vat_rate: "-1" })] }, "items[0].vat_rate"],
    [{ items: [item("9.99", { colour: "red" })] }, "items[0].colour"],
    [{ invoice: { ...INVOICE, invoice_id: "12345" } }, "invoice.invoice_id"],
    [{ invoice: { ...INVOICE, amount: { value: "1e2", currency: "EUR" } } }, "invoice.amount.value"],
    [{ invoice: INVOICE, reusable: true }, "reusable"],
    [{ invoice: INVOICE, payment_methods: ["cash"] }, "payment_methods[0]"],
    [{ invoice: INVOICE, price: "1.00" }, "price"],
    [{ invoice: INVOICE, expires_in: 60 }, "expires_in"],
    [{ invoice: INVOICE, success_url: "javascript:alert(1)" }, "success_url"],
    [{ invoice: INVOICE, success_url: "https://evil.example/thanks" }, "success_url"],
    [{ invoice: INVOICE, cancel_url: "http://me@localhost:5173/" }, "cancel_url"],
  ])("with an invalid field %j is rejected by the field's name, without a call to Qonto", async (body, param) => {
    const response = await callAsServer("POST", "checkouts", { body });
    expect(response.status).toBe(422);
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param });
    expect(await callsOf("createPaymentLink")).toHaveLength(0);
  });

  it.each([[{ items: [item("0.00")] }], [{ invoice: { ...INVOICE, amount: { value: "0.00", currency: "EUR" } } }]])(
    "with nothing to pay is rejected: %j",
    async (body) => {
      const { code, message } = await errorOf(await callAsServer("POST", "checkouts", { body }));
      expect(code).toBe("amount_out_of_range");
      expect(message).toContain("0.01 to 9999999999999.99 EUR");
    },
  );

  it("with a quantity that is no valid factor causes an error with the rule", async () => {
    const body = { items: [item("9.99", { quantity: 1e-7 })] };
    const { code, param, message } = await errorOf(await callAsServer("POST", "checkouts", { body }));
    expect([code, param]).toEqual(["amount_out_of_range", "items[0].quantity"]);
    expect(message).toBe("A quantity is a number of 0.000001 or more. It is rounded to six decimals.");
  });

  it("with a disabled payment method is rejected with the enabled ones", async () => {
    await control("PUT", "payment_methods", { enabled: ["credit_card", "ideal"] });
    const asked = { invoice: INVOICE, payment_methods: ["ideal", "paypal"] };
    // The Worker's list is older: Qonto rejects the method, and the Worker reads the methods again.
    expect((await callAsServer("POST", "checkouts", { body: asked, idempotencyKey: "order-0002" })).status).toBe(502);
    await eventually(async () => {
      const refused = await callAsServer("POST", "checkouts", { body: asked, idempotencyKey: "order-0002" });
      const error = await errorOf(refused);
      expect(error).toMatchObject({ code: "payment_method_not_enabled", param: "payment_methods[1]" });
      expect(error.message).toContain("credit_card, ideal");
    });
    await open({ invoice: INVOICE, payment_methods: ["ideal"] });
  });

  it("with a method that was enabled a moment ago is created", async () => {
    await control("PUT", "payment_methods", { enabled: ["credit_card"] });
    await deliverEvent(connectionEvent("connection_enabled"));
    await eventually(async () => expect(await callsOf("listPaymentMethods")).toHaveLength(1));
    await control("PUT", "payment_methods", { enabled: ["credit_card", "paypal"] });
    await open({ invoice: INVOICE, payment_methods: ["paypal"] });
  });

  it("requires a key of this merchant", async () => {
    for (const key of ["sk_sandbox_demo_another_one", "sk_sandbox_nobody_12345678", "pk_sandbox_demo", ""]) {
      const response = await callAsServer("POST", "checkouts", { body: { invoice: INVOICE }, key });
      expect(response.status).toBe(401);
    }
    expect(await callsOf("createPaymentLink")).toHaveLength(0);
  });

  it("is not found if it does not exist", async () => {
    for (const [method, path] of [
      ["GET", "checkouts/co_00000000000000000000"],
      ["POST", "checkouts/co_00000000000000000000/sync"],
    ] as const) {
      expect((await errorOf(await callAsServer(method, path))).code).toBe("checkout_not_found");
    }
  });
});

describe("sync", () => {
  it("returns Qonto's present status, without a webhook", async () => {
    const checkout = await open({ invoice: INVOICE });
    await control("POST", `payment_links/${checkout.payment_link.id}/payments`, { status: "paid" });
    expect(await answerAsServer("POST", `checkouts/${checkout.id}/sync`)).toMatchObject({
      status: "paid",
      payment_count: 1,
    });
  });
});

describe("a reusable checkout", () => {
  it("counts its payments, reports each once, and stays open until it ends", async () => {
    const checkout = await open({ items: [item("12.00")], reusable: true });
    for (let payment = 1; payment <= 3; payment += 1) {
      await payAtQonto(checkout);
      await eventually(async () => expect(await toldTypes()).toHaveLength(payment));
    }
    const after = await answerAsServer<ServerCheckout>("POST", `checkouts/${checkout.id}/sync`);
    expect(after).toMatchObject({ status: "open", reusable: true, payment_count: 3 });
    const told = await toldEvents();
    expect(told.map((event) => event.type)).toEqual(Array(3).fill("checkout.payment_received"));
    expect(told.map((event) => event.data.payment?.id)).toEqual(after.payments.map((payment) => payment.id));
    await callAsServer("PATCH", `payment_links/${checkout.payment_link.id}/deactivate`);
    expect(await answerAsServer("GET", `checkouts/${checkout.id}`)).toMatchObject({ status: "canceled" });
  });
});

describe("the second payment of a single-use checkout", () => {
  it("causes a separate event, once", async () => {
    const checkout = await open({ invoice: INVOICE });
    await payAtQonto(checkout);
    await eventually(async () => expect(await toldTypes()).toEqual(["checkout.paid"]));
    await payAtQonto(checkout, { force: true });
    await eventually(async () => expect(await toldTypes()).toHaveLength(2));
    await answerAsServer("POST", `checkouts/${checkout.id}/sync`);
    const told = await toldEvents();
    expect(told.map((event) => event.type)).toEqual(["checkout.paid", "checkout.duplicate_payment"]);
    const { payments } = await answerAsServer<ServerCheckout>("GET", `checkouts/${checkout.id}`);
    expect(payments).toHaveLength(2);
    expect(told[1]?.data.payment?.id).toBe(payments[1]?.id);
  });
});

describe("the events", () => {
  it("are listed page by page, in order, and an unknown id is rejected", async () => {
    const checkout = await open({ items: [item("12.00")], reusable: true });
    for (let payment = 0; payment < 3; payment += 1) {
      await control("POST", `payment_links/${checkout.payment_link.id}/payments`, { status: "paid" });
    }
    await answerAsServer("POST", `checkouts/${checkout.id}/sync`);
    const all = await answerAsServer<{ data: readonly { id: string }[]; has_more: boolean }>("GET", "events");
    expect(all).toMatchObject({ has_more: false });
    const seen: string[] = [];
    for (let isMore = true; isMore; ) {
      const after = seen.length === 0 ? "" : `&after=${seen.at(-1)}`;
      const page = await answerAsServer<typeof all>("GET", `events?limit=1${after}`);
      seen.push(...page.data.map((event) => event.id));
      isMore = page.has_more;
    }
    expect(seen).toEqual(all.data.map((event) => event.id));
    const unknown = await callAsServer("GET", "events?after=evt_00000000000000000000");
    expect(await errorOf(unknown)).toMatchObject({ code: "invalid_request", param: "after" });
  });
});
