import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { QontoPay, QontoPayConnectionError, type QontoPayOptions } from "../../src/index.ts";
import { CHECKOUT } from "../setup/bodies.ts";
import { answer, cut, drop, keepSilent, refuse, ScriptedServer, type Step } from "../setup/scripted-server.ts";

const MADE = { id: "co_1", status: "open" };
const made = answer(201, MADE);

let server: ScriptedServer;
beforeAll(async () => {
  server = await ScriptedServer.start();
});
afterAll(() => server.close());

function client(options: Partial<QontoPayOptions> = {}): QontoPay {
  return new QontoPay({ secretKey: "sk_sandbox_shop_local_only", endpoint: server.url, timeoutMs: 300, ...options });
}

/** The waits between the requests, in milliseconds. */
function waits(): readonly number[] {
  return server.requests.slice(1).map(({ at }, index) => at - (server.requests[index]?.at ?? 0));
}

const PASSING: readonly (readonly [string, Step])[] = [
  ["a dropped connection", drop],
  ["no answer in time", keepSilent],
  ["an answer that breaks off", cut],
  ["429", refuse(429, "rate_limited")],
  ["a code of a later version that says when", refuse(503, "new_one", { "Retry-After": "0" })],
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

describe("a call that failed by something that passes", () => {
  it.each(PASSING)("is made again, unchanged, after %s", async (_name, step) => {
    server.play(step, made);
    expect(await client().checkouts.create(CHECKOUT)).toEqual(MADE);
    const [first, second] = server.requests;
    expect(server.requests).toHaveLength(2);
    expect(second?.body).toBe(JSON.stringify(CHECKOUT));
    expect(second?.headers["idempotency-key"]).toMatch(/^[\w-]{36}$/);
    expect(second?.headers).toEqual(first?.headers);
  });

  it("that only reads is made again, too", async () => {
    server.play(drop, refuse(503, "overloaded"), answer(200, MADE));
    expect(await client().checkouts.get("co_1")).toEqual(MADE);
    expect(server.requests.map(({ headers }) => headers["idempotency-key"])).toEqual([undefined, undefined, undefined]);
  });

  it("is waited for longer each time", async () => {
    server.play(drop);
    await expect(client({ maxRetries: 3 }).checkouts.get("co_1")).rejects.toThrow(QontoPayConnectionError);
    const [first = 0, second = 0, third = 0] = waits();
    expect(waits()).toHaveLength(3);
    expect(first).toBeGreaterThan(120);
    expect(second).toBeGreaterThan(245);
    expect(third).toBeGreaterThan(495);
  });

  it.each([
    ["seconds", () => "1"],
    ["a date", () => new Date(Date.now() + 2_000).toUTCString()],
  ])("is waited for as long as Retry-After says, in %s", async (_form, retryAfter) => {
    server.play(refuse(429, "rate_limited", { "Retry-After": retryAfter() }), made);
    await client().checkouts.create(CHECKOUT);
    expect(waits()[0]).toBeGreaterThan(995);
  });

  it("is not waited for where that takes more than a minute: who called is told", async () => {
    server.play(refuse(429, "rate_limited", { "Retry-After": "3600" }), made);
    await expect(client().checkouts.create(CHECKOUT)).rejects.toMatchObject({ status: 429, retryAfter: 3600 });
    expect(server.requests).toHaveLength(1);
  });

  it("is made `maxRetries` times more, then told", async () => {
    server.play(refuse(503, "overloaded", { "Retry-After": "0" }));
    await expect(client().keys.create()).rejects.toMatchObject({ code: "overloaded", status: 503, retryAfter: 0 });
    expect(server.requests).toHaveLength(3);
    server.play(keepSilent);
    await expect(client({ maxRetries: 0 }).keys.create()).rejects.toMatchObject({ reason: "timeout" });
    expect(server.requests).toHaveLength(1);
    server.play(drop);
    await expect(client({ maxRetries: 0 }).keys.create()).rejects.toMatchObject({ reason: "network" });
  });
});

describe("a call that would fail again", () => {
  it.each(LASTING)("is made once: %i %s", async (status, code) => {
    server.play(refuse(status, code), made);
    await expect(client().checkouts.create(CHECKOUT)).rejects.toMatchObject({ status, code, requestId: "req_1" });
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ["a page in place of an answer", answer(200, "<h1>Welcome to the hotel</h1>"), 200],
    ["a page of status 403", answer(403, "<h1>Forbidden</h1>"), 403],
    ["an error in another shape", answer(404, { error: "not found" }), 404],
    ["JSON that is no object", answer(404, "null"), 404],
  ])("is made once: %s", async (_name, step, status) => {
    server.play(step, made);
    const call = client().checkouts.create(CHECKOUT);
    await expect(call).rejects.toMatchObject({ name: "QontoPayError", code: "unexpected_answer", status });
    await expect(call).rejects.not.toThrow("hotel");
    expect(server.requests).toHaveLength(1);
  });
});

it("two calls have two keys", async () => {
  server.play(made);
  await Promise.all([client().checkouts.create(CHECKOUT), client().checkouts.create(CHECKOUT)]);
  expect(new Set(server.requests.map(({ headers }) => headers["idempotency-key"])).size).toBe(2);
});

it("a redirect is not followed, wherever it leads", async () => {
  const elsewhere = await ScriptedServer.start();
  elsewhere.play(made);
  server.play(answer(307, "", { Location: `${elsewhere.url}/v1/checkouts` }));
  await expect(client().checkouts.create(CHECKOUT)).rejects.toMatchObject({ code: "unexpected_answer", status: 307 });
  expect(elsewhere.requests).toEqual([]);
  await elsewhere.close();
});
