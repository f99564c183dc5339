import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { basket, Client, item, list, string } from "../support/client.ts";

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, behaviour: "documented" });
});
beforeEach(async () => {
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
  client = await Client.connect(sandbox);
});
afterAll(() => sandbox.close());

const INVOICE = {
  invoice_id: "550e8400-e29b-41d4-a716-446655440001",
  invoice_number: "INV-12345",
  debitor_name: "John Doe",
  amount: { value: "100.00", currency: "EUR" },
  potential_payment_methods: ["credit_card", "ideal"],
};

describe("creating a link", () => {
  test("for the documented basket answers a link over 13.30 with all documented fields", async () => {
    const reply = await client.api("POST", "/v2/payment_links", basket({ reusable: true }));
    expect(reply.status).toBe(201);
    const link = reply.body["payment_link"];
    expect(link).toMatchObject({
      status: "open",
      potential_payment_methods: ["credit_card"],
      amount: { value: "13.30", currency: "EUR" },
      resource_type: "Basket",
      reusable: true,
      items: [item({ vat_rate: "21.00" })],
      invoice_id: null,
      invoice_number: null,
      debitor_name: null,
    });
    expect(link?.["url"]).toMatch(
      new RegExp(`^${sandbox.url}/payment-links/[0-9a-f-]{36}\\?resource_id=[0-9a-f-]{36}$`),
    );
    const life = Date.parse(string(link?.["expiration_date"])) - Date.parse(string(link?.["created_at"]));
    expect(life).toBe(365 * 86_400_000);
  });

  test("for an invoice answers a single-use link with the invoice's amount and without items", async () => {
    const reply = await client.api("POST", "/v2/payment_links", { payment_link: INVOICE });
    expect(reply.status).toBe(201);
    const { amount: _amount, ...rest } = INVOICE;
    expect(reply.body["payment_link"]).toMatchObject({
      ...rest,
      amount: { value: "100.00", currency: "EUR" },
      resource_type: "Invoice",
      items: null,
      reusable: false,
    });
  });

  test("ignores unknown fields, as documented, and does not answer them", async () => {
    const body = basket({ items: [item({ sku: "X" })], reference: "42" });
    const reply = await client.api("POST", "/v2/payment_links", { ...body, more: 1 });
    expect(reply.status).toBe(201);
    expect(reply.text).not.toContain("sku");
    expect(reply.text).not.toContain("reference");
  });

  test.each([
    ["no payment_link", {}, "/payment_link"],
    ["no items", basket({ items: [] }), "/payment_link/items"],
    ["reusable missing", basket({ reusable: undefined }), "/payment_link/reusable"],
    ["no methods", basket({ potential_payment_methods: [] }), "/payment_link/potential_payment_methods"],
    [
      "unknown method",
      basket({ potential_payment_methods: ["credit_card", "cash"] }),
      "/payment_link/potential_payment_methods/1",
    ],
    ["amount as a number", itemWith({ unit_price: { value: 10.99, currency: "EUR" } }), "/unit_price/value"],
    ["three decimals", itemWith({ unit_price: { value: "10.999", currency: "EUR" } }), "/unit_price/value"],
    ["a comma", itemWith({ unit_price: { value: "10,99", currency: "EUR" } }), "/unit_price/value"],
    ["a sign", itemWith({ unit_price: { value: "-1.00", currency: "EUR" } }), "/unit_price/value"],
    ["an exponent", itemWith({ unit_price: { value: "1e3", currency: "EUR" } }), "/unit_price/value"],
    ["currency in small letters", itemWith({ unit_price: { value: "1.00", currency: "eur" } }), "/unit_price/currency"],
    ["quantity as a string", itemWith({ quantity: "1" }), "/quantity"],
    ["quantity 0", itemWith({ quantity: 0 }), "/quantity"],
    ["rate as a number", itemWith({ vat_rate: 21 }), "/vat_rate"],
    ["unknown type", itemWith({ type: "gift" }), "/type"],
    ["title missing", itemWith({ title: undefined }), "/title"],
    ["amount of zero", itemWith({ unit_price: { value: "0.00", currency: "EUR" } }), "/payment_link"],
    [
      "amount too large",
      itemWith({ quantity: 1e9, unit_price: { value: "9999999999.00", currency: "EUR" } }),
      "/items",
    ],
    [
      "two currencies",
      basket({ items: [item(), item({ unit_price: { value: "1.00", currency: "CHF" } })] }),
      "/payment_link/items/1/unit_price/currency",
    ],
    ["invoice without number", { payment_link: { ...INVOICE, invoice_number: undefined } }, "/invoice_number"],
    ["invoice id not a UUID", { payment_link: { ...INVOICE, invoice_id: "12" } }, "/invoice_id"],
    ["invoice over zero", { payment_link: { ...INVOICE, amount: { value: "0", currency: "EUR" } } }, "/payment_link"],
    ["both at once", { payment_link: { ...INVOICE, ...basket().payment_link } }, "/payment_link"],
  ])("is rejected with %s", async (_case, body, pointer) => {
    const reply = await client.api("POST", "/v2/payment_links", body);
    expect(reply.status).toBe(400);
    const pointers = list(reply.body["errors"]).map((error) => string(error["source"]?.["pointer"]));
    expect(pointers.join(" ")).toContain(pointer);
    expect((await client.api("GET", "/v2/payment_links")).body["payment_links"]).toEqual([]);
  });

  test("is rejected for a method that the merchant has not enabled", async () => {
    await client.control("PUT", "/payment_methods", { enabled: ["credit_card"] });
    const reply = await client.api("POST", "/v2/payment_links", basket({ potential_payment_methods: ["ideal"] }));
    expect(reply.status).toBe(400);
    expect(reply.body["errors"]?.[0]?.["source"]).toEqual({ pointer: "/payment_link/potential_payment_methods/0" });
  });

  test("is rejected while the provider connection is not enabled", async () => {
    await client.control("PUT", "/connection", { status: "pending" });
    expect((await client.api("POST", "/v2/payment_links", basket())).status).toBe(400);
  });

  test("follows the current rounding policy", async () => {
    const items = [item({ quantity: 3, unit_price: { value: "0.05", currency: "EUR" }, vat_rate: "10" })];
    const amount = async () =>
      (await client.api("POST", "/v2/payment_links", basket({ items }))).body["payment_link"]?.["amount"]?.["value"];
    expect(await amount()).toBe("0.17"); // 0.165, half up
    await client.control("PUT", "/rounding_policy", { level: "line", mode: "half_even" });
    expect(await amount()).toBe("0.16");
    await client.control("PUT", "/rounding_policy", { level: "unit", mode: "half_up" });
    expect(await amount()).toBe("0.18"); // 3 x 0.06
  });
});

function itemWith(overrides: Record<string, unknown>) {
  return basket({ items: [item(overrides)] });
}

describe("one link", () => {
  test("is read as it was created", async () => {
    const created = await client.api("POST", "/v2/payment_links", basket());
    const id = string(created.body["payment_link"]?.["id"]);
    const reply = await client.api("GET", `/v2/payment_links/${id}`);
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual(created.body);
  });

  test.each(["nothing", "__proto__", "constructor", "%00", "a%2Fb"])(
    "with the unknown id %s answers 404",
    async (id) => {
      const reply = await client.api("GET", `/v2/payment_links/${id}`);
      expect(reply.status).toBe(404);
      expect(reply.body["errors"]?.[0]).toMatchObject({ code: "not_found" });
    },
  );

  test("is canceled for good by deactivating it, with an empty body", async () => {
    const id = await client.createLink();
    const reply = await client.api("PATCH", `/v2/payment_links/${id}/deactivate`);
    expect(reply.status).toBe(200);
    expect(reply.body["payment_link"]).toMatchObject({ id, status: "canceled" });
    expect((await client.api("PATCH", `/v2/payment_links/${id}/deactivate`)).status).toBe(200);
    expect((await client.pay(id, "paid")).status).toBe(409);
    expect(await client.linkStatus(id)).toBe("canceled");
  });

  test("can't be deactivated once it is paid", async () => {
    const id = await client.createLink();
    await client.pay(id, "paid");
    expect((await client.api("PATCH", `/v2/payment_links/${id}/deactivate`)).status).toBe(400);
    expect(await client.linkStatus(id)).toBe("paid");
  });

  test("expires after a year", async () => {
    const id = await client.createLink();
    await client.control("POST", "/clock", { advance_seconds: 365 * 86_400 - 60 });
    client = await Client.connect(sandbox);
    expect(await client.linkStatus(id)).toBe("open");
    await client.control("POST", "/clock", { advance_seconds: 61 });
    expect(await client.linkStatus(id)).toBe("expired");
    expect((await client.pay(id, "paid")).status).toBe(409);
  });
});

describe("payments of a link", () => {
  test.each([
    ["paid", "paid"],
    ["pending", "processing"],
    ["authorized", "processing"],
    ["failed", "open"],
    ["canceled", "open"],
    ["expired", "open"],
    ["open", "open"],
  ])("a payment that is %s makes a single-use link %s", async (payment, link) => {
    const id = await client.createLink();
    expect((await client.pay(id, payment)).status).toBe(201);
    expect(await client.linkStatus(id)).toBe(link);
    const { body } = await client.api("GET", `/v2/payment_links/${id}/payments`);
    expect(body["payments"]).toHaveLength(1);
    expect(body["payments"]?.[0]).toMatchObject({
      amount: { value: "13.30", currency: "EUR" },
      status: payment,
      payment_method: "credit_card",
      debitor_email: expect.stringContaining("@"),
    });
    expect(body["payments"]?.[0]?.["paid_at"] === null).toBe(payment !== "paid");
  });

  test("a pending payment moves to its next status and remains the same payment", async () => {
    const id = await client.createLink();
    await client.pay(id, "pending");
    await client.pay(id, "authorized");
    expect(await client.linkStatus(id)).toBe("processing");
    await client.pay(id, "paid");
    expect(await client.linkStatus(id)).toBe("paid");
    const { body } = await client.api("GET", `/v2/payment_links/${id}/payments`);
    expect(list(body["payments"]).map((payment) => payment["status"])).toEqual(["paid"]);
  });

  test("a single-use link accepts one payment, a reusable link any number", async () => {
    const single = await client.createLink();
    await client.pay(single, "paid");
    expect((await client.pay(single, "paid")).status).toBe(409);
    const reusable = await client.createLink({ reusable: true });
    await client.pay(reusable, "paid");
    await client.pay(reusable, "failed");
    expect((await client.pay(reusable, "paid")).status).toBe(201);
    expect(await client.linkStatus(reusable)).toBe("open");
    const query = "?status[]=paid&sort_by=creation_date:asc&per_page=1";
    const { body } = await client.api("GET", `/v2/payment_links/${reusable}/payments${query}`);
    expect(body["meta"]).toMatchObject({ total_count: 2, total_pages: 2, next_page: 2 });
  });
});
