import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { basket, Client, list, type Reply, read, string } from "../support/client.ts";
import { submit } from "../support/submit.ts";

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

const BODY = {
  partner_callback_url: "http://localhost:8787/connected",
  user_phone_number: "+33612345678",
  user_website_url: "https://the-user-website.com",
  business_description: "An 80-chars long string describing the business. An 80-chars long string describing the b.",
};

async function bankAccountId(): Promise<string> {
  const { body } = await client.api("GET", "/v2/organization");
  return string(list(body["organization"]?.["bank_accounts"])[1]?.["id"]);
}

test("a fresh sandbox is connected, and rejects a second connection", async () => {
  const { body } = await client.api("GET", "/v2/payment_links/connections");
  expect(body).toMatchObject({ status: "enabled", bank_account_id: expect.any(String) });
  const again = { ...BODY, user_bank_account_id: await bankAccountId() };
  const reply = await client.api("POST", "/v2/payment_links/connections", again);
  expect(reply.status).toBe(400);
  expect(list(reply.body["errors"])[0]).toMatchObject({ code: "multiple_connections_not_allowed" });
});

/** Creates a connection and returns its provider's page. */
async function provider(overrides: Record<string, unknown> = {}): Promise<Reply> {
  await client.control("PUT", "/connection", { status: null });
  expect((await client.api("GET", "/v2/payment_links/connections")).status).toBe(404);
  const account = await bankAccountId();
  const body = { ...BODY, user_bank_account_id: account, ...overrides };
  const created = await client.api("POST", "/v2/payment_links/connections", body);
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({ status: "not_connected", bank_account_id: account });
  return read(await fetch(string(created.body["connection_location"])));
}

const status = async () => (await client.api("GET", "/v2/payment_links/connections")).body["status"];

test("the provider's page names the organization and the bank account", async () => {
  const page = await provider();
  for (const text of ["Abacate Organization", "Online sales", "FR76 1695 8000", "Not connected yet"]) {
    expect(page.text).toContain(text);
  }
  expect(page.text).not.toContain("<script");
});

test.each([
  ["Finish", "enabled", 201],
  ["Finish later", "pending", 400],
  ["Refuse", "disabled", 400],
])("%s makes the connection %s, and redirects to the partner", async (label, outcome, created) => {
  const page = await provider();
  expect(page.text).toContain(`value="${outcome}">${label}</button>`);
  const back = await submit(client, page, { outcome });
  expect(back.status).toBe(303);
  expect(back.headers.get("location")).toBe(BODY.partner_callback_url);
  expect(await status()).toBe(outcome);
  expect((await client.api("POST", "/v2/payment_links", basket())).status).toBe(created);
});

test("a pending connection can be completed on the same page", async () => {
  const page = await provider();
  await submit(client, page, { outcome: "pending" });
  await submit(client, page, { outcome: "enabled" });
  expect(await status()).toBe("enabled");
});

test("an unknown outcome changes nothing", async () => {
  const reply = await submit(client, await provider(), { outcome: "perhaps" });
  expect(reply.headers.get("location")).toMatch(/^\/onboarding\//);
  expect(await status()).toBe("not_connected");
});

test("a callback with characters outside ASCII receives the redirect", async () => {
  const page = await provider({ partner_callback_url: "http://localhost:8787/reçu/✓" });
  const back = await submit(client, page, { outcome: "enabled" });
  expect(back.headers.get("location")).toBe("http://localhost:8787/re%C3%A7u/%E2%9C%93");
});

test("an unknown connection has no page", async () => {
  expect((await fetch(`${sandbox.url}/onboarding/5e1f1a6e`)).status).toBe(404);
  expect((await client.form("/onboarding/5e1f1a6e", { outcome: "enabled" })).status).toBe(404);
});

describe("a new connection", () => {
  test.each([
    ["the description null", { business_description: null }],
    ["a description of 80 characters", { business_description: "x".repeat(80) }],
    ["a website of 255 characters that is no valid URL", { user_website_url: `http${"x".repeat(251)}` }],
    ["unknown fields", { locale: "fr" }],
  ])("accepts %s", async (_case, overrides) => {
    await provider(overrides);
  });

  test.each([
    ["a phone number that is not E.164", { user_phone_number: "0612345678" }, "/user_phone_number"],
    ["a website with an @", { user_website_url: "https://me@shop.example" }, "/user_website_url"],
    ["a website of another scheme", { user_website_url: "ftp://shop.example" }, "/user_website_url"],
    ["a website over 255 characters", { user_website_url: `https://${"x".repeat(248)}` }, "/user_website_url"],
    ["no website", { user_website_url: null }, "/user_website_url"],
    ["79 characters of two units each", { business_description: "🛒".repeat(79) }, "/business_description"],
    ["no description", { business_description: undefined }, "/business_description"],
    ["a short description", { business_description: "Short." }, "/business_description"],
    ["another organization's account", { user_bank_account_id: "x" }, "/user_bank_account_id"],
    ["no callback", { partner_callback_url: undefined }, "/partner_callback_url"],
  ])("is rejected with %s", async (_case, overrides, pointer) => {
    await client.control("PUT", "/connection", { status: null });
    const body = { ...BODY, user_bank_account_id: await bankAccountId(), ...overrides };
    const reply = await client.api("POST", "/v2/payment_links/connections", body);
    expect(reply.status).toBe(400);
    expect(list(reply.body["errors"])[0]?.["source"]).toEqual({ pointer });
  });
});
