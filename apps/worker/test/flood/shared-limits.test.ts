import { env } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Env } from "../../src/context/env.ts";
import worker from "../../src/index.ts";
import { changeStorage } from "../support/diagnostics.ts";
import { secretKeyOfNoMerchant } from "../support/made-up-key.ts";
import { countObjectCalls } from "../support/object-calls.ts";
import { webhookSecret } from "../support/sandbox.ts";
import { type CreatedCheckout, errorOf, openShop, secretKeyOf, SHOP, WORKER } from "../support/shop.ts";
import { payFrom } from "../support/visitors.ts";
import { paymentLinkEvent, sign } from "../support/webhook.ts";

/** Limits of callers without a valid credential, and whom they must not affect. */

beforeEach(openShop);
afterEach(() => {
  vi.restoreAllMocks();
});

const ATTACKER = "203.0.113.66";

/** Qonto sends webhooks from few addresses. */
const QONTO = "203.0.113.99";

/** A limit that is used up for these visitors only. */
function usedUpFor(addresses: readonly string[]): RateLimit {
  return { limit: ({ key }: { readonly key: string }) => Promise.resolve({ success: !addresses.includes(key) }) };
}

/** Returns the code of an answer, and the calls of merchants' objects, while the attacker has used up the limits. */
async function send(
  path: string,
  init: RequestInit,
  address = ATTACKER,
): Promise<{ readonly code: string; readonly called: readonly string[] }> {
  const { bindings, called } = countObjectCalls();
  const request = new Request(`${WORKER}${path}`, { redirect: "manual", ...init });
  request.headers.set("CF-Connecting-IP", address);
  const usedUp = usedUpFor([ATTACKER, QONTO]);
  const limited = { ...bindings, READ_RATE_LIMIT: usedUp, CREDENTIAL_RATE_LIMIT: usedUp };
  const response = await worker.fetch(request as Parameters<typeof worker.fetch>[0], limited);
  const text = await response.text();
  if (response.status === 429) return { code: "rate_limited", called };
  return { code: response.ok ? "accepted" : (/invalid_\w+|\w+_not_found/.exec(text)?.[0] ?? text), called };
}

const LIMITED = { code: "rate_limited", called: [] };

describe("beyond its limits, a visitor", () => {
  it("reads no status, opens no stream, and sees no status page", async () => {
    const { id, status_token } = await (await payFrom("203.0.113.7", {})).json<CreatedCheckout>();
    const status = `/v1/checkouts/${id}/status?token=${status_token}`;
    expect(await send(status, { headers: { Origin: SHOP } })).toEqual(LIMITED);
    expect(await send(status, { headers: { Origin: SHOP, Accept: "text/event-stream" } })).toEqual(LIMITED);
    expect(await send(`/checkouts/${id}?token=${status_token}`, {})).toEqual(LIMITED);
    expect((await send(status, { headers: { Origin: SHOP } }, "203.0.113.7")).code).toBe("accepted");
  });

  it("takes no step of the onboarding", async () => {
    const cookie = `__Host-qonto-pay-connect=demo.${"x".repeat(43)}`;
    for (const step of ["consent", "connection"]) {
      const headers = { Cookie: cookie, Origin: "http://localhost:8787" };
      const form = new URLSearchParams({ website: "https://shop.example" });
      expect(await send(`/connect/demo/${step}`, { method: "POST", headers, body: form })).toEqual(LIMITED);
    }
  });

  it("with an invented secret key calls no merchant's object", async () => {
    const headers = { Authorization: `Bearer ${await secretKeyOfNoMerchant("demo")}` };
    expect(await send("/v1/keys", { headers })).toEqual(LIMITED);
    expect(await send("/v1/checkouts", { method: "POST", headers, body: "{}" })).toEqual(LIMITED);
    expect(await send("/v1/export", { headers })).toEqual(LIMITED);
  });

  it("with an unsigned webhook calls no merchant's object", async () => {
    const headers = { "X-Qonto-Signature": `t=${Math.floor(Date.now() / 1000)},v1=${"0".repeat(64)}` };
    expect(await send("/webhooks/qonto/demo", { method: "POST", headers, body: "{}" })).toEqual(LIMITED);
  });
});

it("a secret key that was accepted has no limit of visitors", async () => {
  const headers = { Authorization: `Bearer ${secretKeyOf("demo")}` };
  expect((await send("/v1/keys", { headers }, "203.0.113.8")).code).toBe("accepted");
  expect((await send("/v1/keys", { headers })).code).toBe("accepted");
});

it("a secret key that was accepted and then revoked is limited again", async () => {
  const key = secretKeyOf("demo");
  const headers = { Authorization: `Bearer ${key}` };
  expect((await send("/v1/keys", { headers }, "203.0.113.8")).code).toBe("accepted");
  await changeStorage("DELETE FROM secret_keys");
  expect((await send("/v1/keys", { headers })).code).toBe("invalid_key");
  expect(await send("/v1/keys", { headers })).toEqual(LIMITED);
});

it("a sender of signed webhooks is not limited", async () => {
  const body = JSON.stringify(paymentLinkEvent(crypto.randomUUID()));
  const headers = { "X-Qonto-Signature": await sign(body, await webhookSecret()) };
  const delivery = { method: "POST", headers, body };
  expect((await send("/webhooks/qonto/demo", delivery, QONTO)).code).toBe("rate_limited");
  const { bindings } = countObjectCalls();
  const first = new Request(`${WORKER}/webhooks/qonto/demo`, delivery);
  first.headers.set("CF-Connecting-IP", QONTO);
  expect((await worker.fetch(first as Parameters<typeof worker.fetch>[0], bindings)).status).toBe(200);
  expect((await send("/webhooks/qonto/demo", delivery, QONTO)).code).toBe("accepted");
});

it("the oldest of six streams of a checkout ends, and its page connects again later", async () => {
  const { id, status_token } = await (await payFrom("203.0.113.7", {})).json<CreatedCheckout>();
  const streams: Response[] = [];
  for (let count = 0; count < 6; count += 1) {
    const headers = { Origin: SHOP, Accept: "text/event-stream" };
    const url = `${WORKER}/v1/checkouts/${id}/status?token=${status_token}`;
    const request = new Request(url, { headers });
    streams.push(await worker.fetch(request as Parameters<typeof worker.fetch>[0], env as unknown as Env));
  }
  expect((await streams[0]?.text())?.trim().split("\n").at(-1)).toBe("retry: 30000");
  for (const stream of streams.slice(1)) await stream.body?.cancel();
});

describe("the rate of an origin", () => {
  it("is counted for each merchant, since a program can send any origin", async () => {
    const keys: string[] = [];
    const counting = {
      limit: ({ key }: { readonly key: string }) => {
        keys.push(key);
        return Promise.resolve({ success: true });
      },
    };
    const bindings = { ...(env as unknown as Env), PAGE_RATE_LIMIT: counting, ORIGIN_RATE_LIMIT: counting };
    await payFrom("203.0.113.7", {}, bindings);
    const other = await payFrom("203.0.113.7", { publishable_key: "pk_sandbox_neighbour" }, bindings);
    expect((await errorOf(other)).code).toBe("invalid_key");
    expect(keys).toEqual([
      "pk_sandbox_demo",
      "pk_sandbox_demo http://localhost:5173",
      "pk_sandbox_neighbour",
      "pk_sandbox_neighbour http://localhost:5173",
    ]);
  });
});
