import { runInDurableObject } from "cloudflare:test";
import { MERCHANT_EVENT_TYPES } from "@qonto-pay/core/api";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { merchantObject } from "../support/merchant-object.ts";
import { answerAsServer, callAsServer, openServerCheckout } from "../support/server.ts";
import {
  type DeliveryAnswer,
  deliveriesOf,
  type Endpoint,
  moveCheckout,
  openEndpoint,
  paidCheckout,
  passTime,
  readEndpoint,
  receivedAt,
  resetShops,
  scriptShop,
  shopUrl,
  times,
  toldAt,
  untilDeliveries,
  untilReceived,
} from "../support/shop-server.ts";
import { errorOf, openShop, openMerchant, secretKeyOf } from "../support/shop.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DOWN = { status: 503 };
const NOBODY = "we_00000000000000000000";

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
      const nobody = await callAsServer(method, `webhook_endpoints/${NOBODY}${path}`, { body });
      expect((await errorOf(nobody)).code).toBe("webhook_endpoint_not_found");
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

describe("a secret that is replaced", () => {
  it("signs beside the new one for 24 hours", async () => {
    const { id, secret: before } = await openEndpoint("/shop");
    const { secret: after, previous_secret_until: until } = await answerAsServer<Endpoint>(
      "POST",
      `webhook_endpoints/${id}/rotate_secret`,
    );
    expect(after).not.toBe(before);
    expect(Date.parse(until ?? "")).toBeGreaterThan(Date.now() + DAY - 60_000);
    await paidCheckout();
    await untilReceived("/shop", 1);
    const [both] = await receivedAt("/shop");
    for (const secret of [before, after]) new Webhook(secret).verify(both?.body ?? "", { ...both?.headers });
    await passTime(DAY + 1_000);
    expect(await readEndpoint(id)).toMatchObject({ previous_secret_until: null });
    await paidCheckout();
    await untilReceived("/shop", 2);
    const [, one] = await receivedAt("/shop");
    new Webhook(after).verify(one?.body ?? "", { ...one?.headers });
    expect(() => new Webhook(before).verify(one?.body ?? "", { ...one?.headers })).toThrow("No matching signature");
  });
});

/** Returns which of these secrets verify the last webhook of a path. */
async function verifyingAt(path: string, secrets: readonly string[]): Promise<readonly string[]> {
  const webhook = (await receivedAt(path)).at(-1);
  return secrets.filter((secret) => {
    try {
      return new Webhook(secret).verify(webhook?.body ?? "", { ...webhook?.headers }) !== undefined;
    } catch {
      return false;
    }
  });
}

describe("secrets that are replaced within 24 hours", () => {
  it.each([
    ["by registering the address again", () => openEndpoint("/shop")],
    [
      "by rotation",
      async () => {
        const { data } = await answerAsServer<{ data: readonly Endpoint[] }>("GET", "webhook_endpoints");
        return answerAsServer<Endpoint>("POST", `webhook_endpoints/${data[0]?.id}/rotate_secret`);
      },
    ],
  ])("each sign for their own 24 hours: %s", async (_how, replace) => {
    const secrets = [(await openEndpoint("/shop")).secret, (await replace()).secret];
    await passTime(12 * HOUR);
    const last = await replace();
    secrets.push(last.secret);
    expect(Date.parse(last.previous_secret_until ?? "")).toBeGreaterThan(Date.now() + DAY - 60_000);
    await paidCheckout();
    await untilReceived("/shop", 1);
    expect(await verifyingAt("/shop", secrets)).toEqual(secrets);
    await passTime(12 * HOUR + 1_000);
    await paidCheckout();
    await untilReceived("/shop", 2);
    expect(await verifyingAt("/shop", secrets)).toEqual(secrets.slice(1));
    await passTime(12 * HOUR);
    await paidCheckout();
    await untilReceived("/shop", 3);
    expect(await verifyingAt("/shop", secrets)).toEqual(secrets.slice(2));
  });

  it("all sign even if they were replaced at the same moment", async () => {
    const made = [await openEndpoint("/shop")];
    made.push(...(await Promise.all([1, 2, 3, 4].map(() => openEndpoint("/shop")))));
    await paidCheckout();
    await untilReceived("/shop", 1);
    const secrets = made.map(({ secret }) => secret);
    expect(await verifyingAt("/shop", secrets)).toEqual(secrets);
  });

  it("are at most 9 beside the current one, the latest", async () => {
    const secrets = [];
    for (let count = 0; count < 12; count += 1) secrets.push((await openEndpoint("/shop")).secret);
    await paidCheckout();
    await untilReceived("/shop", 1);
    expect(await verifyingAt("/shop", secrets)).toEqual(secrets.slice(-10));
  });
});

describe("deliveries", () => {
  it("are listed page by page, oldest first, and by their status", async () => {
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", {}, {}, {}, DOWN);
    const paid = [];
    for (let count = 1; count <= 4; count += 1) {
      paid.push((await paidCheckout()).id);
      await untilReceived("/shop", count);
    }
    const delivered = { status: "delivered" };
    await untilDeliveries(endpoint, [delivered, delivered, delivered, { status: "pending", attempts: 1 }]);
    const all = await deliveriesOf(endpoint);
    const seen: DeliveryAnswer[] = [];
    for (let isMore = true; isMore; ) {
      const after = seen.length === 0 ? "" : `&after=${seen.at(-1)?.id}`;
      const page = await answerAsServer<{ data: readonly DeliveryAnswer[]; has_more: boolean }>(
        "GET",
        `webhook_endpoints/${endpoint.id}/deliveries?limit=1${after}`,
      );
      seen.push(...page.data);
      isMore = page.has_more;
    }
    expect(seen).toEqual(all);
    expect(await toldAt("/shop")).toEqual(paid.map((id) => `checkout.paid ${id}`));
    expect(await deliveriesOf(endpoint, "?status=pending")).toEqual(all.slice(3));
    expect(await deliveriesOf(endpoint, "?status=delivered")).toEqual(all.slice(0, 3));
    expect(await deliveriesOf(endpoint, "?status=dead")).toEqual([]);
  });

  it("can be sent again one by one, in any status, under the same id", async () => {
    const endpoint = await openEndpoint("/shop");
    await paidCheckout();
    await untilDeliveries(endpoint, [{ status: "delivered" }]);
    const [delivery] = await deliveriesOf(endpoint);
    const path = `webhook_endpoints/${endpoint.id}/deliveries/${delivery?.id}/replay`;
    const replayed = await answerAsServer("POST", path);
    expect(replayed).toMatchObject({ id: delivery?.id, status: "pending", attempts: 0 });
    await untilReceived("/shop", 2);
    const [first, second] = await receivedAt("/shop");
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    await untilDeliveries(endpoint, [{ status: "delivered", attempts: 1 }]);
    const unknown = `webhook_endpoints/${endpoint.id}/deliveries/dlv_00000000000000000000/replay`;
    expect((await errorOf(await callAsServer("POST", unknown))).code).toBe("delivery_not_found");
  });

  it("that are sent again come before later ones of the same checkout", async () => {
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", {}, DOWN);
    const checkout = await openServerCheckout();
    await moveCheckout(checkout, "pending");
    await untilDeliveries(endpoint, [{ status: "delivered" }]);
    await moveCheckout(checkout, "paid");
    await untilDeliveries(endpoint, [{ status: "delivered" }, { status: "pending", attempts: 1 }]);
    const [first] = await deliveriesOf(endpoint);
    await answerAsServer("POST", `webhook_endpoints/${endpoint.id}/deliveries/${first?.id}/replay`);
    await untilDeliveries(endpoint, [
      { status: "pending", attempts: 1 },
      { status: "pending", attempts: 1, next_attempt_at: null },
    ]);
    await resetShops();
    await passTime(6_000);
    await untilReceived("/shop", 2);
    expect(await toldAt("/shop")).toEqual([`checkout.processing ${checkout.id}`, `checkout.paid ${checkout.id}`]);
  });

  it("of all undelivered events since a time are sent in order, including dead letters and older events", async () => {
    const before = await openServerCheckout();
    await moveCheckout(before, "pending");
    const endpoint = await openEndpoint("/shop", { event_types: ["checkout.processing", "checkout.paid"] });
    await scriptShop("/shop", {}, DOWN);
    const delivered = await paidCheckout();
    await untilDeliveries(endpoint, [{ status: "delivered" }]);
    await moveCheckout(before, "paid");
    await untilDeliveries(endpoint, [{ status: "delivered" }, { attempts: 1 }]);
    for (let attempt = 2; attempt <= 10; attempt += 1) {
      await passTime(27 * HOUR);
      await eventually(async () => {
        const [, failing] = await deliveriesOf(endpoint);
        expect(failing?.status === "dead" || failing?.attempts === attempt).toBe(true);
      });
    }
    expect(await deliveriesOf(endpoint)).toMatchObject([{ status: "delivered" }, { status: "dead" }]);
    await resetShops();
    const since = new Date(Date.now() - 29 * DAY).toISOString();
    const path = `webhook_endpoints/${endpoint.id}/replay`;
    expect(await answerAsServer("POST", path, { body: { since } })).toEqual({ replayed: 2 });
    await untilReceived("/shop", 2);
    expect(await toldAt("/shop")).toEqual([`checkout.processing ${before.id}`, `checkout.paid ${before.id}`]);
    await untilDeliveries(endpoint, times(3, { status: "delivered" }));
    expect(await answerAsServer("POST", path, { body: { since } })).toEqual({ replayed: 0 });
    expect(await toldAt("/shop")).not.toContain(`checkout.paid ${delivered.id}`);
  });

  it("are deleted 30 days after they were delivered", async () => {
    const endpoint = await openEndpoint("/shop");
    await paidCheckout();
    await untilDeliveries(endpoint, [{ status: "delivered" }]);
    await passTime(29 * DAY);
    expect(await deliveriesOf(endpoint)).toHaveLength(1);
    // The alarm runs for another job.
    await runInDurableObject(merchantObject(), (_object, state) => state.storage.setAlarm(Date.now()));
    await passTime(DAY + 1_000);
    expect(await deliveriesOf(endpoint)).toHaveLength(0);
  });
});

it("an endpoint can receive every type of event", async () => {
  const { id } = await openEndpoint("/shop", { event_types: MERCHANT_EVENT_TYPES });
  expect(await readEndpoint(id)).toMatchObject({ event_types: MERCHANT_EVENT_TYPES });
});
