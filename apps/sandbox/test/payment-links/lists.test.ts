import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { Client, item, list, string } from "../support/client.ts";

let sandbox: Sandbox;
let client: Client;
/** The ids of five links by creation: two open, one paid, one processing, one canceled. */
let ids: string[];

beforeAll(async () => {
  let now = Date.parse("2026-11-20T12:00:00Z");
  sandbox = await startSandbox({ port: 0, behaviour: "documented", now: () => now });
  client = await Client.connect(sandbox);
  ids = [];
  for (const value of ["9.00", "10.00", "100.00", "9.50", "20.00"]) {
    now += 1000;
    ids.push(await client.createLink({ items: [item({ unit_price: { value, currency: "EUR" }, vat_rate: "0" })] }));
  }
  await client.pay(ids[2] ?? "", "paid");
  await client.pay(ids[3] ?? "", "pending");
  await client.api("PATCH", `/v2/payment_links/${ids[4]}/deactivate`);
});
afterAll(() => sandbox.close());

async function listed(query: string): Promise<readonly number[]> {
  const { body } = await client.api("GET", `/v2/payment_links${query}`);
  return list(body["payment_links"]).map((link) => ids.indexOf(string(link["id"])));
}

test.each([
  ["", [4, 3, 2, 1, 0]],
  ["?sort_by=amount:asc", [0, 3, 1, 4, 2]],
  ["?sort_by=amount:desc", [2, 4, 1, 3, 0]],
  ["?sort_by=expiration_date:asc", [0, 1, 2, 3, 4]],
  ["?sort_by=expiration_date:desc", [4, 3, 2, 1, 0]],
  ["?status[]=open", [1, 0]],
  ["?status[]=paid&status[]=canceled", [4, 2]],
  ["?status[]=paid,processing", [3, 2]],
  ["?status=open,paid", [2, 1, 0]],
  ["?status%5B%5D=expired", []],
  ["?per_page=2", [4, 3]],
  ["?per_page=2&page=3", [0]],
  ["?per_page=2&page=4", []],
  ["?unknown=1", [4, 3, 2, 1, 0]],
])("%s lists %o", async (query, expected) => {
  expect(await listed(query)).toEqual(expected);
});

test.each([
  ["?per_page=2", { current_page: 1, next_page: 2, prev_page: null, total_pages: 3, total_count: 5, per_page: 2 }],
  ["?per_page=2&page=2", { current_page: 2, next_page: 3, prev_page: 1, total_pages: 3, total_count: 5, per_page: 2 }],
  [
    "?per_page=2&page=3",
    { current_page: 3, next_page: null, prev_page: 2, total_pages: 3, total_count: 5, per_page: 2 },
  ],
  ["", { current_page: 1, next_page: null, prev_page: null, total_pages: 1, total_count: 5, per_page: 100 }],
])("%s has the pagination %o", async (query, meta) => {
  expect((await client.api("GET", `/v2/payment_links${query}`)).body["meta"]).toEqual(meta);
});

describe("an invalid query is rejected with the parameter's name:", () => {
  test.each([
    ["?page=0", "page"],
    ["?page=-1", "page"],
    ["?page=1.5", "page"],
    ["?page=x", "page"],
    ["?page=", "page"],
    ["?per_page=0", "per_page"],
    ["?per_page=101", "per_page"],
    ["?status[]=done", "status"],
    ["?sort_by=amount", "sort_by"],
    ["?sort_by=created_at:asc", "sort_by"],
  ])("%s", async (query, parameter) => {
    const reply = await client.api("GET", `/v2/payment_links${query}`);
    expect(reply.status).toBe(400);
    expect(list(reply.body["errors"])[0]).toMatchObject({ code: "bad_request", source: { parameter } });
  });
});

test("the payment methods are the four documented ones, all enabled", async () => {
  const { body } = await client.api("GET", "/v2/payment_links/payment_methods");
  expect(body).toEqual({
    payment_link_payment_methods: ["credit_card", "apple_pay", "paypal", "ideal"].map((name) => ({
      name,
      enabled: true,
    })),
  });
});
