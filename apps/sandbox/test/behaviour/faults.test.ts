import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { basket, Client, list, string } from "../support/client.ts";

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

const fault = (fields: Record<string, unknown>) => client.control("POST", "/faults", fields);
const create = () => client.api("POST", "/v2/payment_links", basket());
const linkCount = async () => (await client.api("GET", "/v2/payment_links")).body["meta"]?.["total_count"];

describe("a fault", () => {
  test("replaces the operation's answer, as often as `times` sets", async () => {
    await fault({ operation: "createPaymentLink", times: 2, status: 429, headers: { "Retry-After": "7" } });
    for (const _ of [1, 2]) {
      const reply = await create();
      expect(reply.status).toBe(429);
      expect(reply.headers.get("retry-after")).toBe("7");
      expect(reply.body["errors"]?.[0]).toMatchObject({ code: "too_many_requests" });
    }
    expect((await create()).status).toBe(201);
    expect(await linkCount()).toBe(1);
  });

  test("with times 0 lasts until it is cleared, and affects only its operation", async () => {
    await fault({ operation: "createPaymentLink", times: 0, status: 500, code: "boom" });
    for (const _ of [1, 2, 3]) expect((await create()).body["errors"]?.[0]).toMatchObject({ code: "boom" });
    expect(await linkCount()).toBe(0);
    await client.control("DELETE", "/faults");
    expect((await create()).status).toBe(201);
  });

  test("after the effect leaves the created link", async () => {
    await fault({ operation: "createPaymentLink", when: "after", status: 502, body: "html" });
    const reply = await create();
    expect(reply.status).toBe(502);
    expect(reply.headers.get("content-type")).toContain("text/html");
    expect(await linkCount()).toBe(1);
  });

  test.each([
    ["before", 0],
    ["after", 1],
  ])("drops the connection %s the effect", async (when, links) => {
    await fault({ operation: "createPaymentLink", when, drop: true });
    await expect(create()).rejects.toThrow();
    expect(await linkCount()).toBe(links);
  });

  test("cuts the body off", async () => {
    await fault({ operation: "createPaymentLink", body: "cut" });
    await expect(create()).rejects.toThrow();
    expect(await linkCount()).toBe(1);
  });

  test.each([
    ["malformed_json", /^\{.+,$/],
    ["empty", /^$/],
    ["html", /^<!doctype html>/],
  ])("sends %s as the body of the real answer", async (body, shape) => {
    await fault({ operation: "listPaymentMethods", body });
    const response = await fetch(`${sandbox.url}/v2/payment_links/payment_methods`, {
      headers: { authorization: `Bearer ${client.accessToken}`, "x-qonto-staging-token": "sandbox-staging-token" },
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(shape);
  });

  test("delays the answer, and closing the sandbox does not wait for it", async () => {
    const other = await startSandbox({ port: 0 });
    const visitor = await Client.connect(other);
    await visitor.control("POST", "/faults", { operation: "getOrganization", delay_ms: 600_000 });
    const pending = visitor.api("GET", "/v2/organization");
    const refused = expect(pending).rejects.toThrow();
    await vi.waitUntil(async () => (await visitor.control("GET", "/journal")).text.includes("getOrganization"), 30_000);
    await other.close();
    await refused;
  });

  test("changes the amount of a created link itself", async () => {
    await fault({ operation: "createPaymentLink", amount_off_by: "-0.01" });
    const created = (await create()).body["payment_link"];
    expect(created?.["amount"]).toEqual({ value: "13.29", currency: "EUR" });
    const read = await client.api("GET", `/v2/payment_links/${string(created?.["id"])}`);
    expect(read.body["payment_link"]?.["amount"]).toEqual(created?.["amount"]);
  });

  test("changes the amount of a read link in one answer only", async () => {
    const id = await client.createLink();
    await fault({ operation: "getPaymentLink", amount_off_by: "0.01" });
    const amount = async () =>
      (await client.api("GET", `/v2/payment_links/${id}`)).body["payment_link"]?.["amount"]?.["value"];
    expect(await amount()).toBe("13.31");
    expect(await amount()).toBe("13.30");
  });

  test("adds unknown enum values and extra fields to the answer", async () => {
    const id = await client.createLink();
    await fault({ operation: "getPaymentLink", unknown_enum: true, extra_fields: true });
    const link = (await client.api("GET", `/v2/payment_links/${id}`)).body["payment_link"];
    expect(link).toMatchObject({ status: "under_review", potential_payment_methods: ["credit_card", "bank_transfer"] });
    expect(link).toHaveProperty("added_later_by_qonto");
    expect(await client.linkStatus(id)).toBe("open");
  });

  test("of an OAuth operation has the shape of OAuth's errors", async () => {
    await fault({ operation: "createToken", status: 400, code: "invalid_grant" });
    const reply = await client.refresh(client.refreshToken);
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({ error: "invalid_grant" });
    expect((await client.refresh(client.refreshToken)).status).toBe(200);
  });

  test.each([
    ["an unknown operation", { operation: "nothing", status: 500 }],
    ["an invalid status", { operation: "createToken", status: 99 }],
    ["a header that cannot be sent", { operation: "createToken", status: 500, headers: { "a b": "c" } }],
    ["an unknown field", { operation: "createToken", stattus: 500 }],
  ])("is rejected with %s", async (_case, fields) => {
    expect((await fault(fields)).status).toBe(400);
  });
});

describe("the journal", () => {
  test("contains every request with the status of its answer, and no secret", async () => {
    await client.control("DELETE", "/journal");
    await client.api("POST", "/v2/payment_links?x=1", basket(), { "x-qonto-idempotency-key": "key-1" });
    await client.refresh(client.refreshToken);
    await client.api("GET", "/v2/nothing");
    const { text, body } = await client.control("GET", "/journal");
    const [created, refreshed, unknown] = list(body["requests"]);
    expect(created).toMatchObject({
      operation: "createPaymentLink",
      method: "POST",
      path: "/v2/payment_links",
      query: "x=1",
      body: basket(),
      status: 201,
      headers: { authorization: "***", "x-qonto-staging-token": "***", "x-qonto-idempotency-key": "key-1" },
    });
    expect(refreshed).toMatchObject({
      operation: "createToken",
      status: 200,
      body: { grant_type: "refresh_token", client_id: "sandbox-client", client_secret: "***", refresh_token: "***" },
    });
    expect(unknown).toMatchObject({ operation: null, status: 404 });
    for (const secret of [client.accessToken, client.refreshToken, "sandbox-secret"])
      expect(text).not.toContain(secret);
  });

  test("can be emptied", async () => {
    await client.control("DELETE", "/journal");
    expect((await client.control("GET", "/journal")).body).toEqual({ requests: [] });
  });
});

test("a page of another site cannot use the controls", async () => {
  const from = (origin: string) =>
    fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST", headers: { Origin: origin } });
  await create();
  expect((await from("https://evil.example")).status).toBe(403);
  expect((await from("null")).status).toBe(403);
  expect(await linkCount()).toBe(1);
  expect((await from("http://localhost:5173")).status).toBeLessThan(300);
});
