import { MERCHANT_EVENT_TYPES } from "@qonto-pay/core/api";
import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { merchantObject } from "../support/object/merchant-object.ts";
import { answerAsServer, callAsServer } from "../support/server.ts";
import {
  deliveriesOf,
  type Endpoint,
  openEndpoint,
  paidCheckout,
  passTime,
  readEndpoint,
  receivedAt,
  resetShops,
  scriptShop,
  shopUrl,
  untilDeliveries,
} from "../support/shop-server.ts";
import { errorOf, openMerchant, openShop, secretKeyOf } from "../support/shop.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DOWN = { status: 503 };
const UNKNOWN_ID = "we_00000000000000000000";

beforeEach(openShop);
afterEach(async () => {
  vi.useRealTimers();
  await resetShops();
});

describe("a webhook endpoint", () => {
  it("is created, read, listed, changed and deleted; its secret is returned once and encrypted at rest", async () => {
    const body = { url: shopUrl("/shop"), event_types: ["checkout.paid"], description: "The shop" };
    const made = await callAsServer("POST", "webhook_endpoints", { body });
    expect(made.status).toBe(201);
    const { secret, ...endpoint } = await made.json<Endpoint>();
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const settings = { enabled: true, disabled_reason: null, previous_secret_until: null };
    expect(endpoint).toEqual({ id: endpoint.id, created_at: expect.any(String), ...body, ...settings });
    expect(await readEndpoint(endpoint.id)).toEqual(endpoint);
    expect(await answerAsServer("GET", "webhook_endpoints")).toEqual({
      data: [endpoint],
      has_more: false,
    });
    const change = { url: shopUrl("/other"), event_types: null, description: null, enabled: false };
    const path = `webhook_endpoints/${endpoint.id}`;
    expect(await answerAsServer("PATCH", path, { body: change })).toEqual({ ...endpoint, ...change });
    expect(await answerAsServer("PATCH", path, { body: {} })).toEqual({ ...endpoint, ...change });
    const stored = await runInDurableObject(merchantObject(), (_object, state) =>
      JSON.stringify(state.storage.sql.exec("SELECT * FROM webhook_endpoints").toArray()),
    );
    expect(stored).toContain(endpoint.id);
    expect(stored).not.toContain(secret.slice("whsec_".length));
    expect((await callAsServer("DELETE", path)).status).toBe(204);
    expect((await errorOf(await callAsServer("GET", path))).code).toBe("webhook_endpoint_not_found");
    expect(await answerAsServer("GET", "webhook_endpoints")).toMatchObject({ data: [] });
  });

  it("may be one of five", async () => {
    const made = [];
    for (let count = 0; count < 5; count += 1) made.push(await openEndpoint(`/shop-${count}`));
    const sixth = { body: { url: shopUrl("/shop-5") } };
    const refused = await callAsServer("POST", "webhook_endpoints", sixth);
    expect(refused.status).toBe(409);
    expect((await errorOf(refused)).code).toBe("webhook_endpoint_limit");
    await callAsServer("DELETE", `webhook_endpoints/${made[2]?.id}`);
    expect((await callAsServer("POST", "webhook_endpoints", sixth)).status).toBe(201);
  });

  it.each([
    ["POST", "webhook_endpoints", {}, "url"],
    ["POST", "webhook_endpoints", { url: 1 }, "url"],
    ["POST", "webhook_endpoints", { url: "http://shop.example/hook" }, "url"],
    ["POST", "webhook_endpoints", { url: `https://shop.example/${"a".repeat(500)}` }, "url"],
    ["POST", "webhook_endpoints", { url: "https://shop.example/", event_types: [] }, "event_types"],
    ["POST", "webhook_endpoints", { url: "https://shop.example/", event_types: ["checkout.new"] }, "event_types[0]"],
    ["POST", "webhook_endpoints", { url: "https://shop.example/", description: "" }, "description"],
    ["POST", "webhook_endpoints", { url: "https://shop.example/", secret: "whsec_mine" }, "secret"],
    ["POST", "webhook_endpoints", { url: "https://shop.example/", enabled: true }, "enabled"],
    ["PATCH", "webhook_endpoints/{id}", { url: "https://127.0.0.1/" }, "url"],
    ["PATCH", "webhook_endpoints/{id}", { url: null }, "url"],
    ["PATCH", "webhook_endpoints/{id}", { event_types: ["checkout.paid", "checkout.paid"] }, "event_types"],
    ["PATCH", "webhook_endpoints/{id}", { enabled: "no" }, "enabled"],
    ["PATCH", "webhook_endpoints/{id}", { disabled_reason: null }, "disabled_reason"],
    ["POST", "webhook_endpoints/{id}/replay", {}, "since"],
    ["POST", "webhook_endpoints/{id}/replay", { since: "yesterday" }, "since"],
    ["POST", "webhook_endpoints/{id}/replay", { since: "2026-01-01T00:00:00Z" }, "since"],
    ["POST", "webhook_endpoints/{id}/replay", { since: "2026-11-20T00:00:00Z", until: "now" }, "until"],
    ["GET", "webhook_endpoints/{id}/deliveries?status=lost", undefined, "status"],
    ["GET", "webhook_endpoints/{id}/deliveries?limit=101", undefined, "limit"],
    ["GET", "webhook_endpoints/{id}/deliveries?after=evt_1", undefined, "after"],
    ["GET", "webhook_endpoints/{id}/deliveries?after=dlv_00000000000000000000", undefined, "after"],
    ["GET", "webhook_endpoints/{id}/deliveries?before=now", undefined, "before"],
  ])("%s %s %j is rejected with the name of the field", async (method, path, body, param) => {
    const { id } = await openEndpoint("/shop");
    const response = await callAsServer(method, path.replace("{id}", id), { body });
    expect(response.status).toBe(422);
    expect(await errorOf(response)).toMatchObject({ code: "invalid_request", param });
  });

  it("of another merchant, or an unknown one, is not found and does not change", async () => {
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", DOWN);
    await paidCheckout();
    await untilDeliveries(endpoint, [{ attempts: 1 }]);
    const [delivery] = await deliveriesOf(endpoint);
    await openMerchant("other");
    const { secret: _secret, ...before } = endpoint;
    const since = new Date(Date.now() - HOUR).toISOString();
    const calls = [
      ["GET", "", undefined],
      ["PATCH", "", { enabled: false }],
      ["DELETE", "", undefined],
      ["POST", "/rotate_secret", undefined],
      ["GET", "/deliveries", undefined],
      ["POST", `/deliveries/${delivery?.id}/replay`, undefined],
      ["POST", "/replay", { since }],
    ] as const;
    for (const [method, path, body] of calls) {
      const asked = { body, key: secretKeyOf("other") };
      const foreign = await callAsServer(method, `webhook_endpoints/${endpoint.id}${path}`, asked);
      expect((await errorOf(foreign)).code).toBe("webhook_endpoint_not_found");
      const unknown = await callAsServer(method, `webhook_endpoints/${UNKNOWN_ID}${path}`, { body });
      expect((await errorOf(unknown)).code).toBe("webhook_endpoint_not_found");
      for (const key of [
        "sk_sandbox_demo_another_one",
        "pk_sandbox_demo",
        secretKeyOf("demo").replace("sandbox", "live"),
      ]) {
        expect((await callAsServer(method, `webhook_endpoints/${endpoint.id}${path}`, { body, key })).status).toBe(401);
      }
    }
    expect(await readEndpoint(endpoint.id)).toEqual(before);
    expect(await deliveriesOf(endpoint)).toEqual([delivery]);
    const others = { key: secretKeyOf("other") };
    expect(await answerAsServer("GET", "webhook_endpoints", others)).toMatchObject({ data: [] });
  });

  it("that is deleted, or disabled by its merchant, receives nothing more", async () => {
    const [deleted, disabled] = [await openEndpoint("/deleted"), await openEndpoint("/disabled")];
    for (const path of ["/deleted", "/disabled"]) await scriptShop(path, DOWN);
    await paidCheckout();
    for (const endpoint of [deleted, disabled]) await untilDeliveries(endpoint, [{ attempts: 1 }]);
    await callAsServer("DELETE", `webhook_endpoints/${deleted.id}`);
    await answerAsServer("PATCH", `webhook_endpoints/${disabled.id}`, { body: { enabled: false } });
    await paidCheckout();
    await passTime(DAY);
    for (const path of ["/deleted", "/disabled"]) expect(await receivedAt(path)).toHaveLength(1);
    expect(await readEndpoint(disabled.id)).toMatchObject({ enabled: false, disabled_reason: null });
  });

  it("that gets another address receives its pending deliveries there at once", async () => {
    const endpoint = await openEndpoint("/mistyped");
    await scriptShop("/mistyped", { status: 404 });
    await paidCheckout();
    await untilDeliveries(endpoint, [{ attempts: 1 }]);
    await answerAsServer("PATCH", `webhook_endpoints/${endpoint.id}`, { body: { url: shopUrl("/shop") } });
    await untilDeliveries(endpoint, [{ status: "delivered", attempts: 1 }]);
    expect(await receivedAt("/shop")).toHaveLength(1);
  });
});

it("an endpoint can receive every type of event", async () => {
  const { id } = await openEndpoint("/shop", { event_types: MERCHANT_EVENT_TYPES });
  expect(await readEndpoint(id)).toMatchObject({ event_types: MERCHANT_EVENT_TYPES });
});
