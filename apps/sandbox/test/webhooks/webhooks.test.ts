import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../../src/start-sandbox.ts";
import { nextAttempt } from "../../src/webhooks/retry-schedule.ts";
import { signWebhook } from "../../src/webhooks/sign.ts";
import { Client, string } from "../support/client.ts";
import { WebhookReceiver } from "../support/webhook-receiver.ts";

const SECRET = "a-secret-of-at-least-32-characters";

let sandbox: Sandbox;
let client: Client;
let receiver: WebhookReceiver;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, behaviour: "documented" });
});
beforeEach(async () => {
  await fetch(`${sandbox.url}/_sandbox/reset`, { method: "POST" });
  client = await Client.connect(sandbox);
  receiver = await WebhookReceiver.start();
});
afterEach(() => receiver.close());
afterAll(() => sandbox.close());

async function subscribe(types = ["v1/payment-links"], callbackUrl = receiver.url): Promise<string> {
  const body = { callback_url: callbackUrl, types, secret: SECRET };
  return string((await client.api("POST", "/v2/webhook_subscriptions", body)).body["id"]);
}

test("the signature equals the documented vector", () => {
  expect(signWebhook('{"test":"data"}', "test-secret", 1704110400)).toBe(
    "t=1704110400,v1=56aff06dc227db80d6568a5070f912c601c31f20451745d257cbc0b5dfa93805",
  );
});

describe("an event", () => {
  test("is sent when a link is created and on each change, as documented", async () => {
    const subscriptionId = await subscribe();
    const id = await client.createLink();
    await receiver.waitFor(1);
    await client.pay(id, "paid");
    const [created, updated] = await receiver.waitFor(2);
    expect(created?.event).toMatchObject({
      type: "v1/payment-links",
      subscription_id: subscriptionId,
      data: {
        event: "created",
        status: "open",
        payment_link_id: id,
        amount: { value: "13.30", currency: "EUR" },
        potential_payment_methods: ["credit_card"],
        resource_type: "Basket",
      },
    });
    expect(updated?.event.data).toMatchObject({
      event: "updated",
      status: "paid",
      payment_link_id: id,
      latest_payment_method_used: "credit_card",
    });
    expect(updated?.event.id).not.toBe(created?.event.id);
  });

  test("is signed over the raw body with the subscription's secret and the current time", async () => {
    await subscribe();
    await client.createLink();
    const [first] = await receiver.waitFor(1);
    const [, t = "", v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(first?.signature ?? "") ?? [];
    expect(v1).toBe(createHmac("sha256", SECRET).update(`${t}.${first?.raw}`).digest("hex"));
    expect(Math.abs(Number(t) - Date.now() / 1000)).toBeLessThan(5);
  });

  test("contains the invoice's number", async () => {
    await subscribe();
    await client.api("POST", "/v2/payment_links", {
      payment_link: {
        invoice_id: "550e8400-e29b-41d4-a716-446655440001",
        invoice_number: "INV-12345",
        debitor_name: "John Doe",
        amount: { value: "100.00", currency: "EUR" },
        potential_payment_methods: ["credit_card"],
      },
    });
    const [first] = await receiver.waitFor(1);
    expect(first?.event.data).toMatchObject({
      resource_type: "Invoice",
      resource_id: "550e8400-e29b-41d4-a716-446655440001",
      resource_metadata: { invoice_number: "INV-12345" },
    });
  });

  test("is sent when a link expires", async () => {
    await subscribe();
    const id = await client.createLink();
    await receiver.waitFor(1);
    await client.control("POST", "/clock", { advance_seconds: 366 * 86_400 });
    const [, expired] = await receiver.waitFor(2);
    expect(expired?.event.data).toMatchObject({ payment_link_id: id, status: "expired" });
  });

  test("is sent to the subscriptions of its type only", async () => {
    const first = await subscribe();
    await subscribe(["v1/transactions"]);
    const second = await subscribe(["v1/transactions", "v1/payment-links"]);
    await client.createLink();
    const received = await receiver.waitFor(2);
    expect(received.map(({ event }) => event.subscription_id).toSorted()).toEqual([first, second].toSorted());
  });

  test("is sent when the provider connection is enabled or revoked", async () => {
    await subscribe(["v1/payment-links-connections"]);
    await client.control("PUT", "/connection", { status: null });
    await receiver.waitFor(1);
    await client.control("PUT", "/connection", { status: "enabled" });
    const received = await receiver.waitFor(2);
    expect(received.map(({ event }) => event.data["event"])).toEqual(["connection_revoked", "connection_enabled"]);
  });
});

describe("an event that is not accepted", () => {
  test("is retried after about a second, and then after two, with the same id", async () => {
    await subscribe();
    receiver.reply = 500;
    await client.createLink();
    await receiver.waitFor(2);
    receiver.reply = 204;
    const [first, second, third] = await receiver.waitFor(3);
    expect(new Set([first?.event.id, second?.event.id, third?.event.id]).size).toBe(1);
    expect(second?.raw).toBe(first?.raw);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(900);
    expect((third?.at ?? 0) - (second?.at ?? 0)).toBeGreaterThanOrEqual(1900);
  });

  test("includes one whose answer takes longer than a second, and one that is redirected", async () => {
    await subscribe();
    receiver.reply = "hang";
    await client.createLink();
    await receiver.waitFor(1);
    receiver.reply = 302;
    await receiver.waitFor(2);
    await client.control("POST", "/clock", { advance_seconds: 60 });
    const received = await receiver.waitFor(3);
    expect(new Set(received.map(({ event }) => event.id)).size).toBe(1);
  });

  test("is retried with doubled waits, up to an hour, for three days", () => {
    const waits: number[] = [];
    let now = 0;
    for (let next = nextAttempt(1, 0, 0); next !== undefined; next = nextAttempt(waits.length + 1, 0, now)) {
      waits.push((next - now) / 1000);
      now = next;
    }
    expect(waits.slice(0, 13)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600]);
    expect(Math.max(...waits)).toBe(3600);
    expect(now / 3_600_000).toBeGreaterThan(71);
    expect(now / 3_600_000).toBeLessThanOrEqual(72);
  });

  test("is dropped when its subscription is deleted", async () => {
    const id = await subscribe();
    receiver.reply = 500;
    await client.createLink();
    await receiver.waitFor(1);
    await client.api("DELETE", `/v2/webhook_subscriptions/${id}`);
    await client.control("POST", "/clock", { advance_seconds: 60 });
    const other = await subscribe();
    await client.createLink();
    const received = await receiver.waitFor(2);
    expect(received[1]?.event.subscription_id).toBe(other);
  });
});

describe("the webhook mode", () => {
  test("duplicate sends each event twice, with the same id", async () => {
    await subscribe();
    await client.control("PUT", "/webhooks", { mode: "duplicate" });
    await client.createLink();
    const [first, second] = await receiver.waitFor(2);
    expect(second?.event.id).toBe(first?.event.id);
  });

  test("drop loses events for good", async () => {
    await subscribe();
    await client.control("PUT", "/webhooks", { mode: "drop" });
    const lost = await client.createLink();
    await client.control("PUT", "/webhooks", { mode: "deliver" });
    await client.createLink();
    const received = await receiver.waitFor(1);
    expect(received[0]?.event.data["payment_link_id"]).not.toBe(lost);
  });

  test.each([
    [undefined, ["created", "processing", "paid"]],
    ["reverse", ["paid", "processing", "created"]],
  ])("hold keeps events until their release, in the order %s", async (order, expected) => {
    await subscribe();
    await client.control("PUT", "/webhooks", { mode: "hold" });
    const id = await client.createLink();
    await client.pay(id, "pending");
    await client.pay(id, "paid");
    const reply = await client.control("POST", "/webhooks/release", order === undefined ? undefined : { order });
    expect(reply.body).toEqual({ released: 3 });
    const states = receiver.received.map(({ event: { data } }) =>
      data["event"] === "created" ? "created" : data["status"],
    );
    expect(states).toEqual(expected);
  });
});

describe("subscriptions", () => {
  const VALID = { callback_url: "https://shop.example/hook", types: ["v1/payment-links"] };

  test("are answered bare, with a generated secret if none was sent", async () => {
    const reply = await client.api("POST", "/v2/webhook_subscriptions", { ...VALID, description: "Shop" });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ ...VALID, description: "Shop" });
    expect(string(reply.body["secret"]).length).toBeGreaterThanOrEqual(32);
    const id = string(reply.body["id"]);
    const { secret: _answeredOnce, ...shown } = reply.body;
    expect((await client.api("GET", `/v2/webhook_subscriptions/${id}`)).body).toEqual(shown);
    const list = (await client.api("GET", "/v2/webhook_subscriptions")).body;
    expect(list["subscriptions"]).toEqual([shown]);
    expect(list["meta"]).toMatchObject({ total_count: 1, current_page: 1, next_page: null });
  });

  test("can be changed and removed", async () => {
    const id = await subscribe();
    const path = `/v2/webhook_subscriptions/${id}`;
    const changed = await client.api("PUT", path, VALID);
    expect(changed.status).toBe(200);
    expect(changed.body).toMatchObject({ ...VALID, id });
    expect((await client.api("DELETE", path)).status).toBe(204);
    expect((await client.api("GET", path)).status).toBe(404);
    expect((await client.api("PUT", path, VALID)).status).toBe(404);
    expect((await client.api("DELETE", path)).status).toBe(404);
  });

  test.each([
    ["plain http elsewhere", { callback_url: "http://shop.example/hook" }, "/callback_url"],
    ["not a URL", { callback_url: "shop" }, "/callback_url"],
    ["a URL over 512 characters", { callback_url: `https://shop.example/${"x".repeat(500)}` }, "/callback_url"],
    ["no types", { types: [] }, "/types"],
    ["a type without a version", { types: ["payment-links"] }, "/types/0"],
    ["a short secret", { secret: "short" }, "/secret"],
    ["a long secret", { secret: "x".repeat(129) }, "/secret"],
  ])("are rejected with %s", async (_case, overrides, pointer) => {
    const reply = await client.api("POST", "/v2/webhook_subscriptions", { ...VALID, ...overrides });
    expect(reply.status).toBe(400);
    expect(reply.body["source"]).toEqual({ pointer });
  });
});
