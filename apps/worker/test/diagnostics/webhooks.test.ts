import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { letPass } from "../support/connect.ts";
import { checkOf, eventOf, repair, subscriptions } from "../support/diagnostics.ts";
import { eventually } from "../support/eventually.ts";
import { askQonto, webhookSecret } from "../support/sandbox.ts";
import { checkoutFor, openShop } from "../support/shop.ts";
import { deliverEvent } from "../support/webhook.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

const HERE = "http://localhost:8787/webhooks/qonto/demo";

describe("the webhook subscription", () => {
  it("is ok with every type and the address of this Worker", async () => {
    const { status, measured } = await checkOf("webhook_subscription");
    expect(status).toBe("ok");
    expect(measured).toEqual({
      expected_url: HERE,
      found: [{ url: HERE, types: ["v1/payment-links", "v1/payment-links-connections", "v1/consent-revocations"] }],
    });
  });

  it("is failing if it was removed, and created again by a repair", async () => {
    for (const { id } of await subscriptions()) {
      await askQonto(`/v2/webhook_subscriptions/${id}`, { method: "DELETE" });
    }
    expect(await checkOf("webhook_subscription")).toMatchObject({ status: "failing", measured: { found: [] } });
    await repair();
    await eventually(async () => expect((await checkOf("webhook_subscription")).status).toBe("ok"));
  });

  it.each([
    ["fewer types", { callback_url: HERE, types: ["v1/payment-links"] }],
    ["another address", { callback_url: "http://localhost:9999/elsewhere", types: ["v1/payment-links"] }],
  ])("is failing if it was changed to %s, and restored by a repair", async (_name, change) => {
    const id = (await subscriptions())[0]?.id;
    const secret = await webhookSecret();
    await askQonto(`/v2/webhook_subscriptions/${id}`, { method: "PUT", body: { ...change, secret } });
    const told = await checkOf("webhook_subscription");
    expect(told).toMatchObject({ status: "failing", measured: { found: [{ url: change.callback_url }] } });
    await repair();
    // Another address requires a new subscription. The previous one is deleted once a webhook verifies the new one.
    await eventually(async () => expect((await checkOf("webhook_subscription")).status).not.toBe("failing"));
    await deliverEvent(eventOf(0));
    await eventually(async () => expect((await checkOf("webhook_subscription")).status).toBe("ok"));
  });

  it("is a warning without revocations of consents, and repaired by a repair", async () => {
    const id = (await subscriptions())[0]?.id;
    const body = { callback_url: HERE, types: ["v1/payment-links", "v1/payment-links-connections"] };
    await askQonto(`/v2/webhook_subscriptions/${id}`, { method: "PUT", body });
    expect(await checkOf("webhook_subscription")).toMatchObject({
      status: "warning",
      message: expect.stringContaining("v1/consent-revocations"),
    });
    await repair();
    await eventually(async () => expect((await checkOf("webhook_subscription")).status).toBe("ok"));
  });

  it("is a warning if it exists twice", async () => {
    const body = { callback_url: HERE, types: ["v1/payment-links", "v1/payment-links-connections"] };
    await askQonto("/v2/webhook_subscriptions", { method: "POST", body });
    expect((await checkOf("webhook_subscription")).status).toBe("warning");
  });
});

describe("the round trip of webhooks", () => {
  it("is measured from the time of the event to its arrival", async () => {
    for (const age of [400, 5_000, 900]) await deliverEvent(eventOf(age));
    const { status, measured } = await checkOf("webhook_round_trip");
    expect(status).toBe("ok");
    expect(measured?.events).toBe(3);
    expect(measured?.median_ms).toBeGreaterThanOrEqual(900);
    expect(measured?.median_ms).toBeLessThan(5_000);
    expect(measured?.longest_ms).toBeGreaterThanOrEqual(5_000);
  });

  it("counts a repeated webhook once, and ignores one without a time", async () => {
    const event = eventOf(400);
    await deliverEvent(event);
    await deliverEvent(event);
    await deliverEvent({ ...event, id: crypto.randomUUID(), created_at: "yesterday" });
    expect((await checkOf("webhook_round_trip")).measured?.events).toBe(1);
  });

  it("is ok if webhooks arrive without a time", async () => {
    await deliverEvent({ ...eventOf(400), created_at: "yesterday" });
    const { status, message, remediation, measured } = await checkOf("webhook_round_trip");
    expect({ status, remediation }).toEqual({ status: "ok", remediation: null });
    expect(message).toMatch(/^Webhooks arrive\./);
    expect(measured).toMatchObject({ events: 0, last_received_at: expect.any(String), median_ms: null });
  });

  it("is a warning if it takes minutes", async () => {
    await deliverEvent(eventOf(90_000));
    expect((await checkOf("webhook_round_trip")).status).toBe("warning");
  });

  it("is a warning before the first webhook, and the remediation tells how to cause one", async () => {
    const { status, message, remediation, measured } = await checkOf("webhook_round_trip");
    expect(status).toBe("warning");
    expect(remediation).toContain("Create a checkout");
    expect(message).toBe("No webhook has arrived yet.");
    expect(measured).toEqual({ events: 0, last_received_at: null, median_ms: null, longest_ms: null });
  });

  it("is a warning if no webhook arrived for a link", async () => {
    await deliverEvent(eventOf(400));
    await checkoutFor({ product: "mug" });
    expect((await checkOf("webhook_round_trip")).status).toBe("ok");
    await letPass(6);
    const { status, remediation } = await checkOf("webhook_round_trip");
    expect(status).toBe("warning");
    expect(remediation).toContain("/webhooks/qonto/");
  });
});
