import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { basket, Client, item, type Json, list, string } from "../support/client.ts";

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
});
beforeEach(async () => {
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
  client = await Client.connect(sandbox);
});
afterAll(() => sandbox.close());

const organization = async () => (await client.api("GET", "/v2/organization")).body["organization"];

test("the organization is shown with its two bank accounts", async () => {
  const shown = await organization();
  expect(shown).toMatchObject({
    name: "Abacate Organization",
    slug: "abacate-organization-1234",
    legal_name: "Abacate Organization SAS",
    legal_country: "FR",
    legal_share_capital: expect.any(Number),
    locale: "fr",
  });
  expect(shown).not.toHaveProperty("membership_id");
  expect(list(shown?.["bank_accounts"]).map((account) => account["main"])).toEqual([true, false]);
});

describe("bank accounts", () => {
  test("have matching balances in two units", async () => {
    for (const account of list((await organization())?.["bank_accounts"])) {
      for (const name of ["balance", "authorized_balance"]) {
        const cents = Number(account[`${name}_cents`]);
        expect(Number.isInteger(cents)).toBe(true);
        expect(Math.round(Number(account[name]) * 100)).toBe(cents);
      }
    }
  });

  test("are listed as in the organization, in pages, and can be read by id", async () => {
    const all = list((await organization())?.["bank_accounts"]);
    const { body } = await client.api("GET", "/v2/bank_accounts");
    expect(body["bank_accounts"]).toEqual(all);
    expect(body["meta"]).toEqual({
      current_page: 1,
      next_page: null,
      prev_page: null,
      total_pages: 1,
      total_count: 2,
      per_page: 100,
    });
    const second = (await client.api("GET", "/v2/bank_accounts?page=2&per_page=1")).body;
    expect(second["bank_accounts"]).toEqual([all[1]]);
    const one = await client.api("GET", `/v2/bank_accounts/${string(all[1]?.["id"])}`);
    expect(one.body).toEqual({ bank_account: all[1] });
    expect((await client.api("GET", "/v2/bank_accounts/none")).status).toBe(404);
    expect((await client.api("GET", "/v2/bank_accounts?per_page=101")).status).toBe(400);
  });
});

describe("payment methods by amount", () => {
  const methods = async (query = ""): Promise<readonly Json[]> => {
    const reply = await client.api("GET", `/v2/payment_links/payment_methods${query}`);
    return list(reply.body["payment_link_payment_methods"]);
  };
  const enabled = async (query?: string) =>
    (await methods(query)).filter((method) => method["enabled"]).map(({ name }) => name);

  test("are enabled within their limits, and always without an amount", async () => {
    const limits = { ideal: { max: "50000.00" }, paypal: { min: "1.00", max: "1000.00" } };
    await client.control("PUT", "/payment_methods", { enabled: ["credit_card", "paypal", "ideal"], limits });
    expect(await enabled()).toEqual(["credit_card", "paypal", "ideal"]);
    expect(await enabled("?amount=0.99&currency=EUR")).toEqual(["credit_card", "ideal"]);
    expect(await enabled("?amount=1000&currency=EUR")).toEqual(["credit_card", "paypal", "ideal"]);
    expect(await enabled("?amount=1000.01&currency=EUR")).toEqual(["credit_card", "ideal"]);
    expect(await enabled("?amount=50000.01&currency=EUR")).toEqual(["credit_card"]);
    expect(await enabled("?locale=fr")).toEqual(["credit_card", "paypal", "ideal"]);
  });

  test("are rejected for a link whose gross amount is outside their limits", async () => {
    await client.control("PUT", "/payment_methods", { enabled: ["ideal"], limits: { ideal: { max: "13.29" } } });
    const create = (value: string) =>
      client.api(
        "POST",
        "/v2/payment_links",
        basket({
          potential_payment_methods: ["ideal"],
          items: [item({ unit_price: { value, currency: "EUR" } })],
        }),
      );
    expect((await create("10.99")).status).toBe(400);
    expect((await create("10.98")).status).toBe(201);
  });

  test.each([
    ["?amount=10.00", "currency"],
    ["?currency=EUR", "amount"],
    ["?amount=ten&currency=EUR", "amount"],
    ["?amount=10.00&currency=euro", "currency"],
  ])("with the query %s are rejected", async (query, parameter) => {
    const reply = await client.api("GET", `/v2/payment_links/payment_methods${query}`);
    expect(reply.status).toBe(400);
    expect(reply.body["errors"]?.[0]).toMatchObject({ source: { parameter } });
  });

  test("include bank_transfer and accept it only if it is enabled", async () => {
    const link = basket({ potential_payment_methods: ["bank_transfer"] });
    expect((await methods()).map(({ name }) => name)).not.toContain("bank_transfer");
    expect((await client.api("POST", "/v2/payment_links", link)).status).toBe(400);
    await client.control("PUT", "/payment_methods", { enabled: ["bank_transfer"] });
    expect(await enabled()).toEqual(["bank_transfer"]);
    const created = await client.api("POST", "/v2/payment_links", link);
    expect(created.status).toBe(201);
    const id = string(created.body["payment_link"]?.["id"]);
    const paid = { status: "paid", payment_method: "bank_transfer" };
    expect((await client.control("POST", `/payment_links/${id}/payments`, paid)).status).toBe(201);
    expect((await fetch(string(created.body["payment_link"]?.["url"]))).status).toBe(200);
  });
});
