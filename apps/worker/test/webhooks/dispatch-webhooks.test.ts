import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { webhookHeaders } from "../../src/webhooks/sign-webhook.ts";
import { eventually } from "../support/eventually.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { merchantObject, nextAlarm } from "../support/object/merchant-object.ts";
import { control } from "../support/sandbox.ts";
import { answerAsServer, openServerCheckout, toldEvents } from "../support/server.ts";
import {
  deliveriesOf,
  moveCheckout,
  mostWebhooksAtOnce,
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
import { openShop, SHOP, statusUrl } from "../support/shop.ts";
import { deliverEvent, paymentLinkEvent } from "../support/webhook.ts";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DOWN = { status: 503 };

/** The pauses between the attempts, as documented for shop authors. Each has up to a tenth more. */
const PAUSES = [5 * SECOND, 300 * SECOND, HOUR / 2, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
const LONGEST_JITTER = 1.1001;

beforeEach(openShop);
afterEach(async () => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  await resetShops();
});

describe("a webhook to a shop", () => {
  it("follows Standard Webhooks, and contains the event as the list of events has it", async () => {
    const endpoint = await openEndpoint("/shop");
    await paidCheckout();
    await untilReceived("/shop", 1);
    const [webhook] = await receivedAt("/shop");
    const [event] = await toldEvents();
    const { id, type, data } = event ?? {};
    const { created_at: timestamp } = event as unknown as { created_at: string };
    const verified = new Webhook(endpoint.secret).verify(webhook?.body ?? "", { ...webhook?.headers });
    expect(verified).toEqual({ id, type, timestamp, data });
    expect(type).toBe("checkout.paid");
    expect(webhook?.headers).toMatchObject({ "webhook-id": id, "content-type": "application/json" });
    const forged = { ...webhook?.headers, "webhook-id": "evt_00000000000000000000" };
    expect(() => new Webhook(endpoint.secret).verify(webhook?.body ?? "", forged)).toThrow("No matching signature");
    await untilDeliveries(endpoint, [
      { event_id: id, event_type: type, status: "delivered", attempts: 1, last_status: 200, next_attempt_at: null },
    ]);
  });

  it("has the signature of the example in docs/reference/webhooks.md", async () => {
    const secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
    const [id, body] = ["evt_4w5e8x1m0c9k2q7r6t3z", '{"type":"checkout.paid"}'];
    expect(await webhookHeaders(id, body, [secret], 1_795_237_200_999)).toEqual({
      "webhook-id": id,
      "webhook-timestamp": "1795237200",
      "webhook-signature": "v1,wtAx9NfCvFbgQmzq0PqMjTXhDEYoDVIkFJAn1AUHXGA=",
    });
  });

  it("is sent to each endpoint that receives its type, and to none that was created later", async () => {
    await openEndpoint("/all");
    await openEndpoint("/refunds", { event_types: ["checkout.duplicate_payment"] });
    await openEndpoint("/paid", { event_types: ["checkout.paid", "checkout.expired"] });
    const checkout = await paidCheckout();
    const late = await openEndpoint("/late");
    await untilReceived("/all", 1);
    await untilReceived("/paid", 1);
    await control("POST", `payment_links/${checkout.payment_link.id}/payments`, { status: "paid", force: true });
    await answerAsServer("POST", `checkouts/${checkout.id}/sync`);
    await untilReceived("/late", 1);
    await untilReceived("/refunds", 1);
    await untilReceived("/all", 2);
    expect(await receivedAt("/paid")).toHaveLength(1);
    expect(await deliveriesOf(late)).toMatchObject([{ event_type: "checkout.duplicate_payment" }]);
  });

  it.each([
    ["a redirect, which is not followed", { status: 307, location: "/elsewhere" }, "redirect", 307],
    ["a server error", DOWN, "status", 503],
    ["a rejection", { status: 404 }, "status", 404],
    ["no answer at all", { drop: true }, "network", null],
  ])("that gets %s is sent again with the same id and body, and a signature with the new time", async (...given) => {
    const [, answer, last_problem, last_status] = given;
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", answer, {});
    await paidCheckout();
    await untilDeliveries(endpoint, [{ status: "pending", attempts: 1, last_problem, last_status }]);
    expect(await receivedAt("/elsewhere")).toHaveLength(0);
    const [{ next_attempt_at: next } = { next_attempt_at: null }] = await deliveriesOf(endpoint);
    await eventually(async () => {
      const alarm = await nextAlarm();
      expect(alarm).not.toBeNull();
      expect(alarm).toBeLessThanOrEqual(Date.parse(next ?? ""));
    });
    await passTime(4 * SECOND);
    expect(await receivedAt("/shop")).toHaveLength(1);
    await passTime(2 * SECOND);
    await untilDeliveries(endpoint, [{ status: "delivered", attempts: 2, last_problem: null, last_status: 200 }]);
    const [first, second] = await receivedAt("/shop");
    expect(second?.body).toBe(first?.body);
    expect(second?.headers["webhook-id"]).toBe(first?.headers["webhook-id"]);
    expect(Number(second?.headers["webhook-timestamp"])).toBeGreaterThan(Number(first?.headers["webhook-timestamp"]));
    new Webhook(endpoint.secret).verify(second?.body ?? "", { ...second?.headers });
  });

  it("is delivered with any 2xx, regardless of its body", async () => {
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", { status: 202, endless: true });
    await paidCheckout();
    await untilDeliveries(endpoint, [{ status: "delivered", last_status: 202 }]);
  });

  it("without an answer within 10 seconds has failed", async () => {
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", { delay_ms: 15_000 });
    await paidCheckout();
    await untilReceived("/shop", 1);
    await eventually(async () =>
      expect(await deliveriesOf(endpoint)).toMatchObject([{ attempts: 1, last_problem: "timeout" }]),
    );
  });

  it("is not sent to a stored address that is no longer allowed", async () => {
    const endpoint = await openEndpoint("/shop");
    await runInDurableObject(merchantObject(), (_object, state) => {
      state.storage.sql.exec(
        "UPDATE webhook_endpoints SET url = ?",
        shopUrl("/shop").replace("127.0.0.1", "127.0.0.2"),
      );
    });
    await paidCheckout();
    await untilDeliveries(endpoint, [{ status: "pending", attempts: 1, last_problem: "address", last_status: null }]);
  });

  it("is sent again if the Worker died while it was in flight", async () => {
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", { delay_ms: 15_000 }, {});
    await paidCheckout();
    await untilReceived("/shop", 1);
    await abortAllDurableObjects();
    await passTime(61 * SECOND);
    await untilDeliveries(endpoint, [{ status: "delivered" }]);
    const ids = (await receivedAt("/shop")).map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(1);
    expect(ids).toHaveLength(2);
  });
});

describe("the webhooks of one checkout", () => {
  it("arrive in order, even if the first ones fail, while those of another checkout continue", async () => {
    await openEndpoint("/shop");
    await scriptShop("/shop", DOWN, DOWN, {});
    const checkout = await openServerCheckout();
    await moveCheckout(checkout, "pending");
    await moveCheckout(checkout, "failed");
    await moveCheckout(checkout, "paid");
    await untilReceived("/shop", 1);
    await passTime(6 * SECOND);
    await untilReceived("/shop", 2);
    const other = await paidCheckout();
    await untilReceived("/shop", 3);
    await passTime(400 * SECOND);
    await untilReceived("/shop", 6);
    const story = (await toldAt("/shop")).filter((told) => told.endsWith(checkout.id));
    const first = `checkout.processing ${checkout.id}`;
    const rest = [`checkout.open ${checkout.id}`, `checkout.paid ${checkout.id}`];
    expect(story).toEqual([first, first, first, ...rest]);
    expect((await toldAt("/shop"))[2]).toBe(`checkout.paid ${other.id}`);
  });

  it("continue after a failed one, which becomes a dead letter and a line in the log", async () => {
    const lines = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const endpoint = await openEndpoint("/shop?token=canary");
    await scriptShop("/shop?token=canary", DOWN);
    const checkout = await openServerCheckout();
    await moveCheckout(checkout, "pending");
    await moveCheckout(checkout, "paid");
    for (const [index, pause] of PAUSES.entries()) {
      await untilDeliveries(endpoint, [
        { status: "pending", attempts: index + 1 },
        { status: "pending", attempts: 0, next_attempt_at: null },
      ]);
      if (index + 1 === PAUSES.length) await scriptShop("/shop?token=canary", DOWN, {});
      await passTime(pause * LONGEST_JITTER);
    }
    await untilDeliveries(endpoint, [
      { status: "dead", attempts: 10, last_problem: "status", last_status: 503, next_attempt_at: null },
      { status: "delivered", attempts: 1 },
    ]);
    const [dead] = await deliveriesOf(endpoint, "?status=dead");
    const ids = { merchant: "demo", webhook_endpoint_id: endpoint.id, delivery_id: dead?.id };
    const told = lines.mock.calls.map(([line]) => String(line)).join("\n");
    expect(told).toContain(JSON.stringify({ where: "delivering a webhook", code: "dead_letter", ...ids }));
    expect(told).not.toMatch(/canary|whsec_|127\.0\.0\.1/);
  });
});

describe("a shop that was down for 49 hours", () => {
  it("receives everything afterwards, each event once and those of each checkout in order", async () => {
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", DOWN);
    const startedAt = Date.now();
    const checkouts = [await openServerCheckout(), await openServerCheckout(), await openServerCheckout()];
    for (const checkout of checkouts) {
      await moveCheckout(checkout, "pending");
      await moveCheckout(checkout, "paid");
    }
    const afterAttempts = (attempts: number) => times(3, [{ attempts }, { attempts: 0 }]).flat();
    for (const [index, pause] of PAUSES.slice(0, 7).entries()) {
      await untilDeliveries(endpoint, afterAttempts(index + 1));
      await passTime(pause * LONGEST_JITTER);
    }
    await untilDeliveries(endpoint, afterAttempts(8));
    await passTime(startedAt + 49 * HOUR - Date.now());
    expect(await deliveriesOf(endpoint)).toMatchObject(afterAttempts(8));
    await resetShops();
    await passTime(8 * HOUR);
    await untilReceived("/shop", 6);
    const told = await toldAt("/shop");
    for (const { id } of checkouts) {
      expect(told.filter((line) => line.endsWith(id))).toEqual([`checkout.processing ${id}`, `checkout.paid ${id}`]);
    }
    await untilDeliveries(endpoint, times(6, { status: "delivered" }));
  });
});

describe("a shop that answers 410", () => {
  it("receives nothing more until its endpoint is enabled again, and then the pending deliveries", async () => {
    const lines = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", DOWN, { status: 410 }, {});
    const checkout = await openServerCheckout();
    await moveCheckout(checkout, "pending");
    await moveCheckout(checkout, "paid");
    await untilDeliveries(endpoint, [{ attempts: 1 }, { attempts: 0 }]);
    await passTime(6 * SECOND);
    await eventually(async () =>
      expect(await readEndpoint(endpoint.id)).toMatchObject({ enabled: false, disabled_reason: "gone" }),
    );
    await moveCheckout(await openServerCheckout(), "paid");
    await passTime(24 * HOUR);
    expect(await receivedAt("/shop")).toHaveLength(2);
    expect(await deliveriesOf(endpoint)).toMatchObject([
      { status: "pending", last_status: 410, next_attempt_at: null },
      { status: "pending", attempts: 0, next_attempt_at: null },
    ]);
    const gone = { code: "webhook_endpoint_gone", merchant: "demo", webhook_endpoint_id: endpoint.id };
    expect(lines.mock.calls.map(([line]) => String(line))).toContain(
      JSON.stringify({ where: "delivering a webhook", ...gone }),
    );
    const enabled = await answerAsServer("PATCH", `webhook_endpoints/${endpoint.id}`, { body: { enabled: true } });
    expect(enabled).toMatchObject({ enabled: true, disabled_reason: null });
    await untilDeliveries(endpoint, [{ status: "delivered" }, { status: "delivered" }]);
    const { id } = checkout;
    expect((await toldAt("/shop")).slice(2)).toEqual([`checkout.processing ${id}`, `checkout.paid ${id}`]);
  });
});

describe("shops that never answer", () => {
  const HANGING = { delay_ms: 15_000 };

  it("delay neither another shop, nor Qonto's webhooks, nor status streams, nor a payment", async () => {
    for (const path of ["/first", "/second", "/third", "/fourth"]) {
      await openEndpoint(path);
      await scriptShop(path, HANGING);
    }
    await openEndpoint("/alive");
    for (let count = 0; count < 8; count += 1) await paidCheckout();
    await untilReceived("/alive", 8);
    // Each of five endpoints has a fifth of the simultaneous attempts.
    for (const path of ["/first", "/second", "/third", "/fourth"]) expect(await receivedAt(path)).toHaveLength(6);

    const startedAt = Date.now();
    const checkout = await openServerCheckout();
    const headers = { Origin: SHOP, Accept: "text/event-stream" };
    const stream = await fetchWorker(statusUrl(checkout), { headers });
    await control("POST", `payment_links/${checkout.payment_link.id}/payments`, { status: "paid" });
    expect((await deliverEvent(paymentLinkEvent(checkout.payment_link.id))).status).toBe(200);
    expect(await stream.text()).toContain('"status":"paid"');
    await untilReceived("/alive", 9);
    // Anything that waited for a shop that never answers would take ten seconds.
    expect(Date.now() - startedAt).toBeLessThan(5_000);
  });

  it("have 10 webhooks each in flight, regardless of how many wait", async () => {
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", HANGING);
    for (let count = 0; count < 12; count += 1) await paidCheckout();
    await untilReceived("/shop", 10);
    await passTime(SECOND);
    expect(await mostWebhooksAtOnce()).toBe(10);
    expect(await deliveriesOf(endpoint)).toMatchObject(times(12, { status: "pending" }));
    // The shop drops them all, and the waiting ones are sent.
    await resetShops();
    await untilReceived("/shop", 2);
  });
});
