import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  administer,
  anotherLink,
  askConsent,
  begin,
  beginAnew,
  Browser,
  CONNECT,
  connectMerchant,
  type CreatedMerchant,
  createMerchant,
  letPass,
  problemOf,
  STEPS,
  stepFor,
} from "../support/connect.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, callsToQonto } from "../support/sandbox.ts";
import { errorOf, KEY, pay, SHOP, saveProduct } from "../support/shop.ts";

beforeEach(beginAnew);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const MUG = {
  title: "Mug",
  price: { value: "10.99", currency: "EUR" },
  tax_behavior: "exclusive",
  vat_rate: "21.0",
};
const REQUEST = { name: "demo", allowed_origins: [SHOP] };

function post(body: unknown, idempotencyKey?: string): Promise<Response> {
  const headers = idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey };
  return administer("POST", "/v1/merchants", body, headers);
}

describe("POST /v1/merchants", () => {
  it("creates a merchant whose keys work at once", async () => {
    const response = await post(REQUEST);
    expect(response.status).toBe(201);
    const made = await response.json<CreatedMerchant>();
    expect(made).toEqual({
      merchant: "demo",
      publishable_key: "pk_sandbox_demo",
      secret_key: expect.stringMatching(/^sk_sandbox_demo_[A-Za-z0-9_-]{49}$/),
      connect_url: expect.stringMatching(/^http:\/\/localhost:8787\/connect\/demo\?token=[A-Za-z0-9_-]{43}$/),
    });
    expect((await saveProduct("mug", MUG, made.secret_key)).status).toBe(200);
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("merchant_not_connected");
    expect(
      (await errorOf(await pay({ publishable_key: KEY, product: "mug" }, { origin: "https://evil.example" }))).code,
    ).toBe("origin_not_allowed");
  });

  it("returns the same keys for the same request under the same Idempotency-Key, and another link", async () => {
    const [first, second] = await Promise.all([post(REQUEST, "key-0001"), post(REQUEST, "key-0001")]);
    const [a, b] = [await first.json<CreatedMerchant>(), await second.json<CreatedMerchant>()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(b.secret_key).toBe(a.secret_key);
    expect(b.connect_url).not.toBe(a.connect_url);
    await begin(a.connect_url);
    await begin(b.connect_url);
  });

  it.each([
    ["another key", REQUEST, "key-0002"],
    ["no key", REQUEST, undefined],
  ])("rejects a name that is taken, with %s", async (_name, body, key) => {
    await post(REQUEST, "key-0001");
    const response = await post(body, key);
    expect(response.status).toBe(409);
    expect((await errorOf(response)).code).toBe("merchant_exists");
  });

  it.each([
    ["no name", { allowed_origins: [] }, "name"],
    ["a name with a capital letter", { ...REQUEST, name: "Demo" }, "name"],
    ["a name of 40 characters", { ...REQUEST, name: "a".repeat(40) }, "name"],
    ["an http origin", { ...REQUEST, allowed_origins: ["http://shop.example"] }, "allowed_origins[0]"],
    ["an address with a path", { ...REQUEST, allowed_origins: ["https://shop.example/cart"] }, "allowed_origins[0]"],
    ["any origin", { ...REQUEST, allowed_origins: [SHOP, "*"] }, "allowed_origins[1]"],
    ["the null origin", { ...REQUEST, allowed_origins: ["null"] }, "allowed_origins[0]"],
    ["an unknown field", { ...REQUEST, secret_key: "sk_sandbox_demo_12345678" }, "secret_key"],
  ])("rejects %s", async (_name, body, param) => {
    const response = await post(body);
    expect(response.status).toBe(422);
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param });
  });
});

describe("an Idempotency-Key of a call with the admin key", () => {
  beforeEach(() => createMerchant("demo", [SHOP]));

  const repeated = { "Idempotency-Key": "incident-0001" };

  it("replaces all keys once: the key that was returned first remains valid", async () => {
    const call = () => administer("POST", "/v1/merchants/demo/replace_keys", undefined, repeated);
    const [first, atOnce] = await Promise.all([call(), call()]);
    const told = await first.json<{ secret_key: string }>();
    expect(await atOnce.json()).toEqual(told);
    expect(await (await call()).json()).toEqual(told);
    expect((await saveProduct("mug", MUG, told.secret_key)).status).toBe(200);
    const another = await administer("POST", "/v1/merchants/demo/replace_keys");
    expect((await another.json<{ secret_key: string }>()).secret_key).not.toBe(told.secret_key);
  });

  it.each(["connect_link", "disconnect"])("returns the same answer again: %s", async (path) => {
    const call = () => administer("POST", `/v1/merchants/demo/${path}`, undefined, repeated);
    const first = await (await call()).json();
    expect(await (await call()).json()).toEqual(first);
  });

  it.each([
    ["PATCH", "", { allowed_origins: [] }],
    ["POST", "/replace_keys", undefined],
  ])("is rejected with another request: %s %s", async (method, path, body) => {
    await administer("PATCH", "/v1/merchants/demo", { allowed_origins: [SHOP] }, repeated);
    const response = await administer(method, `/v1/merchants/demo${path}`, body, repeated);
    expect(await errorOf(response)).toMatchObject({ code: "idempotency_key_reused", param: "Idempotency-Key" });
  });

  it("is rejected with another request also when a merchant is created", async () => {
    expect((await post({ ...REQUEST, name: "bakery" }, "key-0001")).status).toBe(201);
    const response = await post({ name: "bakery", allowed_origins: [] }, "key-0001");
    expect((await errorOf(response)).code).toBe("idempotency_key_reused");
  });

  it.each([
    ["PATCH", "", { allowed_origins: [] }],
    ["POST", "/connect_link", undefined],
    ["POST", "/replace_keys", undefined],
    ["POST", "/disconnect", undefined],
  ])("must have a valid format: %s %s", async (method, path, body) => {
    const response = await administer(method, `/v1/merchants/demo${path}`, body, { "Idempotency-Key": "short" });
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param: "Idempotency-Key" });
  });
});

it("an Idempotency-Key of the operator differs from the same one of the merchant's server", async () => {
  const { secret_key } = await createMerchant("demo", [SHOP]);
  const key = { "Idempotency-Key": "the-same-0001" };
  const headers = { Authorization: `Bearer ${secret_key}`, ...key };
  expect((await fetchWorker(`${CONNECT}/v1/keys`, { method: "POST", headers })).status).toBe(201);
  expect((await administer("POST", "/v1/merchants/demo/replace_keys", undefined, key)).status).toBe(201);
});

describe("the admin key", () => {
  it.each([
    ["POST", "/v1/merchants"],
    ["PATCH", "/v1/merchants/demo"],
    ["POST", "/v1/merchants/demo/connect_link"],
    ["POST", "/v1/merchants/demo/disconnect"],
  ])("must be correct for %s %s, before the body is read", async (method, path) => {
    const { secret_key } = await createMerchant("demo", [SHOP]);
    for (const authorization of ["", "Bearer ", "Bearer wrong", `Bearer ${secret_key}`]) {
      const headers = authorization === "" ? {} : { Authorization: authorization };
      const response = await fetchWorker(`${CONNECT}${path}`, { method, headers, body: "not json" });
      expect({ status: response.status, code: (await errorOf(response)).code }).toEqual({
        status: 401,
        code: "invalid_key",
      });
    }
  });

  it.each([
    ["PATCH", "", { allowed_origins: [] }],
    ["POST", "/connect_link", undefined],
    ["POST", "/disconnect", undefined],
  ])("%s of a merchant that does not exist writes nothing", async (method, path, body) => {
    const response = await administer(method, `/v1/merchants/demo${path}`, body);
    expect({ status: response.status, code: (await errorOf(response)).code }).toEqual({
      status: 404,
      code: "merchant_not_found",
    });
    const tables = await runInDurableObject(merchantObject(), (_object, state) =>
      state.storage.sql.exec("SELECT name FROM sqlite_master WHERE name = 'settings'").toArray(),
    );
    expect(tables).toEqual([]);
  });
});

it("PATCH /v1/merchants/{merchant} replaces the origins, and keeps the retention", async () => {
  const { secret_key } = await connectMerchant("demo", [SHOP]);
  await saveProduct("mug", MUG, secret_key);
  const response = await administer("PATCH", "/v1/merchants/demo", { allowed_origins: ["https://new.example"] });
  expect(response.status).toBe(200);
  const retention = { unpaid_days: 396, payments_days: 3653 };
  expect(await response.json()).toEqual({ merchant: "demo", allowed_origins: ["https://new.example"], retention });
  expect((await pay({ publishable_key: KEY, product: "mug" }, { origin: "https://new.example" })).status).toBe(201);
  expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("origin_not_allowed");
});

describe("POST /v1/merchants/{merchant}/connect_link", () => {
  it("creates another link", async () => {
    await createMerchant("demo", [SHOP]);
    const response = await administer("POST", "/v1/merchants/demo/connect_link");
    expect(response.status).toBe(201);
    const { connect_url, expires_at } = await response.json<{ connect_url: string; expires_at: string }>();
    const days = (Date.parse(expires_at) - Date.now()) / 86_400_000;
    expect(days).toBeCloseTo(7, 2);
    await begin(connect_url);
  });
});

describe("POST /v1/merchants/{merchant}/disconnect", () => {
  const disconnect = () => administer("POST", "/v1/merchants/demo/disconnect");

  it("ends the consent and the subscription, and keeps checkouts and keys", async () => {
    const { secret_key } = await connectMerchant("demo", [SHOP]);
    await saveProduct("mug", MUG, secret_key);
    const { id } = await (await pay({ publishable_key: KEY, product: "mug" })).json<{ id: string }>();
    const answer = await disconnect();
    expect(await answer.json()).toEqual({ merchant: "demo", disconnected: true, consent_revoked: true });
    expect((await callsOf("deleteWebhookSubscription")).map((call) => call.status)).toEqual([204]);
    expect((await callsOf("revokeToken")).map((call) => call.status)).toEqual([200]);
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("merchant_not_connected");
    const headers = { Authorization: `Bearer ${secret_key}` };
    expect((await fetchWorker(`${CONNECT}/v1/checkouts/${id}`, { headers })).status).toBe(200);
    const events = await (await fetchWorker(`${CONNECT}/v1/events`, { headers })).text();
    expect(events).not.toContain("authorization.action_required");
  });

  it.each([
    ["invalid_request", { status: 400, code: "invalid_request" }],
    ["a 403 without a known error", { status: 403, code: "canary" }],
    ["a 404", { status: 404, code: "not_found" }],
  ])("ends all consents of the user if Qonto rejects the revocation: %s", async (_name, fault) => {
    await connectMerchant("demo", [SHOP]);
    await breakOperation("revokeToken", { ...fault, times: 0 });
    expect(await (await disconnect()).json()).toMatchObject({ disconnected: true, consent_revoked: true });
    const calls = (await callsToQonto()).map(({ operation }) => operation);
    expect(calls.slice(-2)).toEqual(["revokeToken", "revokeConsents"]);
  });

  it("repeats a revocation that failed once, and leaves the user's other consents alone", async () => {
    await connectMerchant("demo", [SHOP]);
    await breakOperation("revokeToken", { status: 500 });
    expect(await (await disconnect()).json()).toMatchObject({ disconnected: true, consent_revoked: true });
    expect((await callsOf("revokeToken")).map(({ status }) => status)).toEqual([500, 200]);
    expect(await callsOf("revokeConsents")).toEqual([]);
  });

  it.each([
    ["a 500", { status: 500 }, 2],
    ["HTML", { body: "html", status: 403 }, 2],
    ["a dropped connection", { drop: true }, 2],
    ["a 429", { status: 429, headers: { "Retry-After": "60" } }, 1],
    ["a rejected client", { status: 401, code: "invalid_client" }, 1],
  ])("leaves the consent at Qonto if the revocation gets %s, and reports that", async (_name, fault, tries) => {
    const lines: string[] = [];
    vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
    await connectMerchant("demo", [SHOP]);
    await breakOperation("revokeToken", { ...fault, times: 0 });
    expect(await (await disconnect()).json()).toMatchObject({ disconnected: true, consent_revoked: false });
    expect(await callsOf("revokeToken")).toHaveLength(tries);
    expect(await callsOf("revokeConsents")).toEqual([]);
    expect(lines.join()).toContain("consent_not_revoked");
  });

  it("reports to the caller and in the log that Qonto rejected both calls", async () => {
    const lines: string[] = [];
    vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
    await connectMerchant("demo", [SHOP]);
    await breakOperation("revokeToken", { status: 400, code: "canary", times: 0 });
    await breakOperation("revokeConsents", { status: 500, times: 0 });
    expect(await (await disconnect()).json()).toMatchObject({ disconnected: true, consent_revoked: false });
    expect(lines.join()).toContain("consent_not_revoked");
  });

  it("uses a valid token even if the last one has expired", async () => {
    await connectMerchant("demo", [SHOP]);
    await letPass(61);
    await breakOperation("revokeToken", { status: 400, code: "canary" });
    expect(await (await disconnect()).json()).toMatchObject({ disconnected: true, consent_revoked: true });
  });

  it("can be repeated, and works while Qonto fails", async () => {
    await connectMerchant("demo", [SHOP]);
    await breakOperation("listWebhookSubscriptions", { status: 500, times: 0 });
    await breakOperation("revokeToken", { status: 500, times: 0 });
    expect((await disconnect()).status).toBe(200);
    expect((await disconnect()).status).toBe(200);
    const stored = await runInDurableObject(merchantObject(), (_object, state) =>
      state.storage.sql.exec<{ name: string }>("SELECT name FROM settings").toArray(),
    );
    expect(stored.map(({ name }) => name).filter((name) => /token|secret|subscription|consent/.test(name))).toEqual([]);
  });

  it("ends the sessions of connecting browsers until a new link is used", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    const browser = await begin(connect_url);
    const asked = await askConsent(browser, "demo");
    await disconnect();
    const back = await browser.get(`/oauth/callback?code=x&state=${asked.searchParams.get("state")}`);
    expect(await problemOf(back)).toEqual({ status: 403, code: "invalid_connect_session" });
    await begin(await anotherLink(), browser);
    expect(await stepFor(browser)).toBe(STEPS.consent);
  });
});

it("a browser without a link or session can't find out whether a merchant exists", async () => {
  await createMerchant("demo", [SHOP]);
  for (const path of ["/connect/demo", "/connect/unknown", "/connect/demo?token=x", "/connect/Demo?token=x"]) {
    expect(await problemOf(await new Browser().get(path))).toEqual({ status: 404, code: "invalid_connect_link" });
  }
});
