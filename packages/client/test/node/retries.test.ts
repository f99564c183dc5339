import { afterAll, describe, expect, it } from "vitest";
import { QontoPay, QontoPayAdmin, QontoPayConnectionError, type QontoPayOptions } from "../../src/index.ts";
import { CHECKOUT } from "../setup/bodies.ts";
import { answer, cut, drop, keepSilent, refuse, ScriptedServer, type Step } from "../setup/scripted-server.ts";

const MADE = { id: "co_1", status: "open" };
const made = answer(201, MADE);

const servers: ScriptedServer[] = [];
afterAll(() => Promise.all(servers.map((server) => server.close())));

async function play(...steps: readonly Step[]): Promise<ScriptedServer> {
  const server = await ScriptedServer.start(...steps);
  servers.push(server);
  return server;
}

/** Short enough to wait out a silent server, and long enough for a response on a busy machine. */
const timeoutMs = 3_000;

function client({ url }: ScriptedServer, options: Partial<QontoPayOptions> = {}): QontoPay {
  return new QontoPay({ secretKey: "sk_sandbox_shop_local_only", endpoint: url, timeoutMs, ...options });
}

function adminClient({ url }: ScriptedServer): QontoPayAdmin {
  return new QontoPayAdmin({ adminKey: "local-only-".repeat(3), endpoint: url, timeoutMs });
}

/** The waits between the requests, in milliseconds. */
function waits({ requests }: ScriptedServer): readonly number[] {
  return requests.slice(1).map(({ at }, index) => at - (requests[index]?.at ?? 0));
}

const PASSING: readonly (readonly [string, Step])[] = [
  ["a dropped connection", drop],
  ["no response in time", keepSilent],
  ["a response that breaks off", cut],
  ["429", refuse(429, "rate_limited")],
  ["a code of a later version with Retry-After", refuse(503, "new_one", { "Retry-After": "0" })],
  ["503 overloaded", refuse(503, "overloaded")],
  ["503 qonto_rate_limited", refuse(503, "qonto_rate_limited")],
  ["503 qonto_unavailable", refuse(503, "qonto_unavailable")],
  ["a proxy's page", answer(502, "<h1>Bad gateway</h1>")],
];

const LASTING: readonly (readonly [number, string])[] = [
  [400, "invalid_json"],
  [401, "invalid_key"],
  [404, "checkout_not_found"],
  [409, "idempotency_key_reused"],
  [422, "invalid_request"],
  [500, "internal_error"],
  [502, "qonto_refused"],
  [502, "amount_mismatch"],
  [503, "merchant_not_connected"],
];

describe.concurrent("a call that failed with a temporary error", () => {
  it.each(PASSING)("is repeated unchanged after %s", async (_name, step) => {
    const server = await play(step, made);
    expect(await client(server).checkouts.create(CHECKOUT)).toEqual(MADE);
    const [first, second] = server.requests;
    expect(server.requests).toHaveLength(2);
    expect(second?.body).toBe(JSON.stringify(CHECKOUT));
    expect(second?.headers["idempotency-key"]).toMatch(/^[\w-]{36}$/);
    expect(second?.headers).toEqual(first?.headers);
  });

  it("is repeated if it only reads", async () => {
    const server = await play(drop, refuse(503, "overloaded"), answer(200, MADE));
    expect(await client(server).checkouts.get("co_1")).toEqual(MADE);
    expect(server.requests.map(({ headers }) => headers["idempotency-key"])).toEqual([undefined, undefined, undefined]);
  });

  it("waits longer before each retry", async () => {
    const server = await play(drop);
    await expect(client(server, { maxRetries: 3 }).checkouts.get("co_1")).rejects.toThrow(QontoPayConnectionError);
    const [first = 0, second = 0, third = 0] = waits(server);
    expect(waits(server)).toHaveLength(3);
    expect(first).toBeGreaterThan(120);
    expect(second).toBeGreaterThan(245);
    expect(third).toBeGreaterThan(495);
  });

  it.each([
    ["seconds", () => "1"],
    ["a date", () => new Date(Date.now() + 2_000).toUTCString()],
  ])("waits at least as long as Retry-After, given as %s", async (_form, retryAfter) => {
    const server = await play(refuse(429, "rate_limited", { "Retry-After": retryAfter() }), made);
    await client(server).checkouts.create(CHECKOUT);
    expect(waits(server)[0]).toBeGreaterThan(995);
  });

  it("rejects at once if Retry-After is more than a minute", async () => {
    const server = await play(refuse(429, "rate_limited", { "Retry-After": "3600" }), made);
    await expect(client(server).checkouts.create(CHECKOUT)).rejects.toMatchObject({ status: 429, retryAfter: 3600 });
    expect(server.requests).toHaveLength(1);
  });

  it("is repeated `maxRetries` times and then rejects", async () => {
    const server = await play(refuse(503, "overloaded", { "Retry-After": "0" }));
    await expect(client(server).keys.create()).rejects.toMatchObject({
      code: "overloaded",
      status: 503,
      retryAfter: 0,
    });
    expect(server.requests).toHaveLength(3);
  });

  it.each([
    ["timeout", keepSilent],
    ["network", drop],
  ])("is made only once if maxRetries is 0: %s", async (reason, step) => {
    const server = await play(step, made);
    await expect(client(server, { maxRetries: 0 }).keys.create()).rejects.toMatchObject({ reason });
    expect(server.requests).toHaveLength(1);
  });
});

describe.concurrent("a call that would fail again", () => {
  it.each(LASTING)("is made only once: %i %s", async (status, code) => {
    const server = await play(refuse(status, code), made);
    await expect(client(server).checkouts.create(CHECKOUT)).rejects.toMatchObject({ status, code, requestId: "req_1" });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ["a page instead of JSON", answer(200, "<h1>Welcome to the hotel</h1>"), 200],
    ["a page with status 403", answer(403, "<h1>Forbidden</h1>"), 403],
    ["an error in another shape", answer(404, { error: "not found" }), 404],
    ["JSON that is not an object", answer(404, "null"), 404],
  ])("is made only once: %s", async (_name, step, status) => {
    const server = await play(step, made);
    const call = client(server).checkouts.create(CHECKOUT);
    await expect(call).rejects.toMatchObject({ name: "QontoPayError", code: "unexpected_answer", status });
    await expect(call).rejects.not.toThrow("hotel");
    expect(server.requests).toHaveLength(1);
  });
});

describe.concurrent("a call with the admin key", () => {
  const shop = { name: "shop", allowed_origins: [] };

  it.each(PASSING)("creates a merchant again with the same Idempotency-Key after %s", async (_name, step) => {
    const server = await play(step, made);
    expect(await adminClient(server).merchants.create(shop, { idempotencyKey: "make-shop" })).toEqual(MADE);
    expect(
      server.requests.map(({ method, url, headers, body }) => [method, url, headers["idempotency-key"], body]),
    ).toEqual([0, 1].map(() => ["POST", "/v1/merchants", "make-shop", JSON.stringify(shop)]));
  });

  it.each<[string, (merchants: QontoPayAdmin["merchants"]) => Promise<unknown>]>([
    ["PATCH /v1/merchants/shop", (merchants) => merchants.update("shop", { allowed_origins: [] })],
    ["POST /v1/merchants/shop/connect_link", (merchants) => merchants.createConnectLink("shop")],
    ["POST /v1/merchants/shop/replace_keys", (merchants) => merchants.replaceKeys("shop")],
    ["POST /v1/merchants/shop/disconnect", (merchants) => merchants.disconnect("shop")],
  ])("repeats %s with one Idempotency-Key", async (route, call) => {
    const server = await play(drop, refuse(503, "overloaded"), made);
    expect(await call(adminClient(server).merchants)).toEqual(MADE);
    expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([route, route, route]);
    expect(new Set(server.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(1);
    expect(server.requests[0]?.headers["idempotency-key"]).toMatch(/^[A-Za-z0-9_-]{8,64}$/);
  });
});

it("two calls have two Idempotency-Keys", async () => {
  const server = await play(made);
  await Promise.all([client(server).checkouts.create(CHECKOUT), client(server).checkouts.create(CHECKOUT)]);
  expect(new Set(server.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(2);
});

it("a redirect is not followed", async () => {
  const elsewhere = await play(made);
  const server = await play(answer(307, "", { Location: `${elsewhere.url}/v1/checkouts` }));
  const call = client(server).checkouts.create(CHECKOUT);
  await expect(call).rejects.toMatchObject({ code: "unexpected_answer", status: 307 });
  expect(elsewhere.requests).toEqual([]);
});
