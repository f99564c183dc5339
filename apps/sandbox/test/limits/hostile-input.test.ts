import { connect } from "node:net";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { Client, list } from "../support/client.ts";

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0 });
  client = await Client.connect(sandbox);
});
afterAll(() => sandbox.close());

/** Returns the sandbox's answer to bytes that no HTTP client would send. */
function raw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(sandbox.url).port), "127.0.0.1", () => socket.write(bytes));
    let answer = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => {
      answer += chunk;
    });
    socket.on("close", () => {
      resolve(answer);
    });
    socket.on("error", reject);
  });
}

test.each([
  ["GET", "/"],
  ["GET", "/v2/nothing"],
  ["DELETE", "/v2/payment_links"],
  ["PATCH", "/v2/payment_links/x"],
  ["GET", "/_sandbox/nothing"],
  ["GET", "/payment-links/%E0%A4%A"],
  ["GET", "//v2/payment_links"],
])("%s %s answers 404 in Qonto's error shape", async (method, path) => {
  const response = await fetch(sandbox.url + path, { method });
  expect(response.status).toBe(404);
  expect(await response.json()).toMatchObject({ errors: [{ code: "not_found" }] });
});

test.each(["", "{", "null", "[]", "1", '"x"', "{}", '{"payment_link":null}', '{"__proto__":{}}'])(
  "the body %s is answered with 400 in Qonto's error shape",
  async (text) => {
    const reply = await client.api("POST", "/v2/payment_links", text);
    expect(reply.status).toBe(400);
    expect(list(reply.body["errors"])[0]).toMatchObject({ code: "bad_request" });
  },
);

test("a body over 1 MB is rejected", async () => {
  const reply = await client.api("POST", "/v2/payment_links", " ".repeat(1_000_001));
  expect(reply.status).toBe(413);
  expect(list(reply.body["errors"])[0]).toMatchObject({ code: "payload_too_large" });
});

test("bytes that are not HTTP are answered with 400, and the sandbox keeps running", async () => {
  expect(await raw("nonsense\r\n\r\n")).toMatch(/^HTTP\/1\.1 400 /);
  expect(await raw("GET * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 404 /);
  expect(await raw("GET http://[/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).toMatch(/^HTTP\/1\.1 404 /);
  expect((await client.api("GET", "/v2/organization")).status).toBe(200);
});

test("no JSON, path or query makes the sandbox fail", async () => {
  const calls = fc.record({
    method: fc.constantFrom("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"),
    path: fc.oneof(
      fc.constantFrom(
        "/v2/payment_links",
        "/v2/payment_links/connections",
        "/v2/webhook_subscriptions",
        "/_sandbox/clock",
        "/_sandbox/webhooks",
        "/_sandbox/webhooks/release",
        "/_sandbox/connection",
        "/_sandbox/authorizations",
        "/_sandbox/idempotency",
        "/_sandbox/shapes",
        "/oauth2/auth",
        "/oauth2/revoke",
        "/oauth2/token",
      ),
      fc.webPath().filter((path) => path.startsWith("/")),
    ),
    query: fc.webQueryParameters(),
    body: fc.oneof(
      fc.json(),
      fc.string(),
      fc.json().map((json) => `{"payment_link":${json},"items":${json}}`),
    ),
  });
  await fc.assert(
    fc.asyncProperty(calls, async ({ method, path, query, body }) => {
      const reply = await client.api(
        method,
        `${path}?${query}`,
        method === "GET" || method === "HEAD" ? undefined : body,
      );
      expect(reply.status).toBeLessThan(500);
    }),
    { numRuns: 100 },
  );
});
