import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { basket, Client, list, string } from "../support/client.ts";

// Variants that other clients may send. The documentation only says that they work.

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  client = await Client.connect(sandbox);
});
afterAll(() => sandbox.close());

test.each([
  ["no body", undefined, {}],
  ["no body, but JSON's type", undefined, { "content-type": "application/json" }],
  ["an empty body", "", {}],
  ["{}", "{}", {}],
  ["{} as text", "{}", { "content-type": "text/plain" }],
  ["a form", "a=b", { "content-type": "application/x-www-form-urlencoded" }],
])("a link is deactivated by a PATCH with %s", async (_case, body, headers) => {
  const id = await client.createLink();
  const reply = await client.api("PATCH", `/v2/payment_links/${id}/deactivate`, body, headers);
  expect(reply.status).toBe(200);
  expect(reply.body["payment_link"]).toMatchObject({ status: "canceled" });
});

test.each([undefined, "text/plain", "application/json; charset=utf-8", "application/vnd.api+json"])(
  "a link is created from JSON with the content type %s",
  async (type) => {
    const reply = await client.api("POST", "/v2/payment_links", basket(), { "content-type": type });
    expect(reply.status).toBe(201);
  },
);

test.each(["Bearer", "bearer", "BEARER", "Bearer "])("the scheme of the access token may be %s", async (scheme) => {
  const authorization = `${scheme} ${client.accessToken}`;
  expect((await client.api("GET", "/v2/organization", undefined, { authorization })).status).toBe(200);
});

test.each(["/v2/payment_links?", "/v2/payment_links?&", "/v2/payment_links?page=1&per_page=100&"])(
  "%s is read as the same list",
  async (path) => {
    expect((await client.api("GET", path)).status).toBe(200);
  },
);

test("HEAD is answered like GET, without the body", async () => {
  const get = await client.api("GET", "/v2/payment_links/payment_methods");
  const head = await client.api("HEAD", "/v2/payment_links/payment_methods");
  expect(head.status).toBe(200);
  expect(head.headers.get("content-length")).toBe(String(get.text.length));
  expect(head.text).toBe("");
  expect((await client.api("HEAD", "/v2/payment_links/unknown")).status).toBe(404);
});

test("both notations also filter payments", async () => {
  const id = await client.createLink({ reusable: true });
  for (const status of ["failed", "paid", "canceled"]) await client.pay(id, status);
  for (const query of ["status[]=paid&status[]=failed", "status[]=paid,failed", "status=failed,paid"]) {
    const { body } = await client.api("GET", `/v2/payment_links/${id}/payments?${query}`);
    expect(list(body["payments"]).map((payment) => payment["status"])).toEqual(["paid", "failed"]);
  }
});

test.each(["v1/transactions", "v1/cards", "v1/supplier-invoices", "v1/sepa_direct_debits", "v2/payment-links"])(
  "a subscription to %s is accepted",
  async (type) => {
    const body = { callback_url: "https://shop.example/hook", types: [type] };
    const reply = await client.api("POST", "/v2/webhook_subscriptions", body);
    expect(reply.status).toBe(201);
    expect((await client.api("DELETE", `/v2/webhook_subscriptions/${string(reply.body["id"])}`)).status).toBe(204);
  },
);

test.each([
  ["GET", "/v2/payment_links/00000000-0000-4000-8000-000000000000"],
  ["GET", "/v2/payment_links/00000000-0000-4000-8000-000000000000/payments"],
  ["PATCH", "/v2/payment_links/00000000-0000-4000-8000-000000000000/deactivate"],
  ["GET", "/v2/webhook_subscriptions/00000000-0000-4000-8000-000000000000"],
  ["PUT", "/v2/webhook_subscriptions/00000000-0000-4000-8000-000000000000"],
  ["DELETE", "/v2/webhook_subscriptions/00000000-0000-4000-8000-000000000000"],
])("%s %s answers 404 in the documented error shape", async (method, path) => {
  const reply = await client.api(method, path, method === "PUT" ? {} : undefined);
  expect(reply.status).toBe(404);
  const entry = { code: "not_found", detail: expect.any(String) };
  expect(reply.body).toMatchObject(path.startsWith("/v2/webhook_subscriptions") ? entry : { errors: [entry] });
});
