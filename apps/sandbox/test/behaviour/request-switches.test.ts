import { describe, expect, test } from "vitest";
import { basket, list, string } from "../support/client.ts";
import { useDocumentedSandbox, play } from "../support/documented-sandbox.ts";

const documented = useDocumentedSandbox();

describe("staging_token", () => {
  const CALLS = [
    ["GET", "/v2/organization"],
    ["POST", "/v2/payment_links"],
    ["POST", "/oauth2/token"],
    ["POST", "/oauth2/revoke"],
  ] as const;
  const call = (method: string, path: string, token: string | undefined) =>
    documented.client.api(method, path, method === "POST" ? {} : undefined, { "x-qonto-staging-token": token });

  test.each(CALLS)(
    "html: %s %s without the token, or with a wrong one, answers a page with status 200",
    async (method, path) => {
      await play(documented, { staging_token: "html" });
      for (const token of [undefined, "other"]) {
        const reply = await call(method, path, token);
        expect(reply.status).toBe(200);
        expect(reply.headers.get("content-type")).toContain("text/html");
      }
      expect((await call(method, path, "sandbox-staging-token")).headers.get("content-type")).toContain("json");
    },
  );

  test.each(CALLS)(
    "redirect: %s %s without the token, or with a wrong one, redirects to a sign-in page",
    async (method, path) => {
      await play(documented, { staging_token: "redirect" });
      for (const token of [undefined, "other"]) {
        const reply = await call(method, path, token);
        expect(reply.status).toBe(302);
        const page = await fetch(reply.headers.get("location") ?? "");
        expect(page.headers.get("content-type")).toContain("text/html");
      }
      expect((await call(method, path, "sandbox-staging-token")).headers.get("content-type")).toContain("json");
    },
  );

  test.each(CALLS)("not_required: %s %s needs no token", async (method, path) => {
    await play(documented, { staging_token: "not_required" });
    expect((await call(method, path, undefined)).headers.get("content-type")).toContain("json");
  });
});

test("payment_links_feature missing: only paths under /v2/payment_links answer 404", async () => {
  const id = await documented.client.createLink();
  await play(documented, { payment_links_feature: "missing" });
  const calls = [
    ["GET", ""],
    ["POST", ""],
    ["GET", `/${id}`],
    ["PATCH", `/${id}/deactivate`],
    ["GET", `/${id}/payments`],
    ["GET", "/payment_methods"],
    ["GET", "/connections"],
    ["POST", "/connections"],
  ] as const;
  for (const [method, path] of calls) {
    const reply = await documented.client.api(method, `/v2/payment_links${path}`, method === "POST" ? {} : undefined);
    expect([path, reply.status, reply.body["errors"]?.[0]?.["code"]]).toEqual([path, 404, "not_found"]);
  }
  expect((await documented.client.api("GET", "/v2/organization")).status).toBe(200);
  expect((await documented.client.api("GET", "/v2/webhook_subscriptions")).status).toBe(200);
});

describe("callback_addresses public_only", () => {
  const connect = async (addresses: Record<string, string>) => {
    await documented.client.control("PUT", "/connection", { status: null });
    return documented.client.api("POST", "/v2/payment_links/connections", {
      partner_callback_url: "https://shop.example/done",
      user_bank_account_id: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e03",
      user_phone_number: "+33612345678",
      user_website_url: "https://shop.example",
      business_description: "x".repeat(80),
      ...addresses,
    });
  };

  test.each([
    ["partner_callback_url", "http://localhost:8787/done"],
    ["partner_callback_url", "https://127.0.0.1/done"],
    ["user_website_url", "http://shop.example"],
    ["user_website_url", "https://localhost"],
  ])("rejects the %s %s; `any` accepts it", async (name, url) => {
    expect((await connect({ [name]: url })).status).toBe(201);
    await play(documented, { callback_addresses: "public_only" });
    const reply = await connect({ [name]: url });
    expect(reply.status).toBe(400);
    expect(reply.body["errors"]?.[0]?.["source"]).toEqual({ pointer: `/${name}` });
    expect((await connect({})).status).toBe(201);
  });
});

test("pending_methods none: no methods are listed until the connection is enabled", async () => {
  await play(documented, { pending_methods: "none" });
  const methods = async () =>
    list((await documented.client.api("GET", "/v2/payment_links/payment_methods")).body["payment_link_payment_methods"])
      .length;
  for (const status of ["pending", "not_connected", "disabled", null]) {
    await documented.client.control("PUT", "/connection", { status });
    expect(await methods()).toBe(0);
  }
  await documented.client.control("PUT", "/connection", { status: "enabled" });
  expect(await methods()).toBe(4);
  await play(documented, { pending_methods: "listed" });
  await documented.client.control("PUT", "/connection", { status: "pending" });
  expect(await methods()).toBe(4);
});

describe("invoice_check", () => {
  const INVOICE = {
    invoice_id: "550e8400-e29b-41d4-a716-446655440001",
    invoice_number: "INV-12345",
    debitor_name: "John Doe",
    amount: { value: "100.00", currency: "EUR" },
    potential_payment_methods: ["credit_card"],
  };

  test.each([
    ["none", 201],
    ["unknown_invoice", 404],
    ["invalid_invoice", 422],
  ] as const)("%s answers %i to an invoice and accepts a basket", async (value, status) => {
    await play(documented, { invoice_check: value });
    expect((await documented.client.api("POST", "/v2/payment_links", { payment_link: INVOICE })).status).toBe(status);
    expect((await documented.client.api("POST", "/v2/payment_links", basket())).status).toBe(201);
  });
});

test.each([
  ["filtered", 1],
  ["unfiltered", 2],
] as const)("payments_total %s: total_count is %i for a list filtered to one of two payments", async (value, count) => {
  await play(documented, { payments_total: value });
  const id = await documented.client.createLink();
  await documented.client.control("POST", `/payment_links/${id}/payments`, { status: "failed" });
  await documented.client.control("POST", `/payment_links/${id}/payments`, { status: "paid" });
  const { body } = await documented.client.api("GET", `/v2/payment_links/${id}/payments?status[]=paid`);
  expect(list(body["payments"])).toHaveLength(1);
  expect(body["meta"]).toMatchObject({ total_count: count, total_pages: 1 });
});

test("connection_answer status_only: the connection only has its status", async () => {
  await play(documented, { connection_answer: "status_only" });
  expect((await documented.client.api("GET", "/v2/payment_links/connections")).body).toEqual({ status: "enabled" });
});

test("error_trace_id present: every error of the API has its own id; OAuth's errors have none", async () => {
  await play(documented, { error_trace_id: "present" });
  await documented.client.control("POST", "/faults", { operation: "getOrganization", status: 503 });
  const replies = [
    await documented.client.api("GET", "/v2/organization"),
    await documented.client.api("GET", "/v2/payment_links/none"),
    await documented.client.api("GET", "/v2/unknown"),
    await documented.client.api("POST", "/v2/payment_links", {}),
    await documented.client.api("GET", "/v2/organization", undefined, { authorization: undefined }),
  ];
  await documented.client.control("PUT", "/rate_limits", { per_10_seconds: 1 });
  replies.push(await documented.client.api("GET", "/v2/organization"));
  const ids = replies.map(({ body }) => string(body["trace_id"]));
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(new Set(ids).size).toBe(replies.length);
  await documented.client.control("PUT", "/rate_limits", { per_10_seconds: null });
  expect(await documented.client.token({ grant_type: "password" })).toMatchObject({
    status: 400,
    body: { error: expect.any(String) },
  });
});

test("error_trace_id absent: errors have no id", async () => {
  expect((await documented.client.api("GET", "/v2/unknown")).body).toEqual({ errors: [expect.anything()] });
});

test("oauth_client invalid: the right secret is rejected until the client is valid again", async () => {
  await play(documented, { oauth_client: "invalid" });
  const refused = await documented.client.refresh(documented.client.refreshToken);
  expect(refused).toMatchObject({ status: 401, body: { error: "invalid_client" } });
  const form = { client_id: "sandbox-client", client_secret: "sandbox-secret", token: documented.client.refreshToken };
  expect((await documented.client.form("/oauth2/revoke", form)).body).toMatchObject({ error: "invalid_client" });
  expect((await documented.client.exchange(await documented.client.newCode())).status).toBe(401);
  expect((await documented.client.api("GET", "/v2/organization")).status).toBe(200);
  await play(documented, { oauth_client: "valid" });
  expect((await documented.client.refresh(documented.client.refreshToken)).status).toBe(200);
});
