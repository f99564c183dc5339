import { abortAllDurableObjects, SELF } from "cloudflare:test";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { control } from "./support/sandbox.ts";
import { answerAsServer, openServerCheckout, toldEvents } from "./support/server.ts";
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
  toldAt,
  untilDeliveries,
  untilReceived,
} from "./support/shop-server.ts";
import { openShop, SHOP, statusUrl } from "./support/shop.ts";
import { deliverEvent, paymentLinkEvent } from "./support/webhook.ts";

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DOWN = { status: 503 };

beforeEach(openShop);
afterEach(async () => {
  vi.useRealTimers();
  await resetShops();
});

describe("a webhook to a shop", () => {
  it("is what Standard Webhooks says, and holds the event as the list of events has it", async () => {
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

  it("is sent to each endpoint that takes its type, and to none that was made later", async () => {
    await openEndpoint("/all");
    await openEndpoint("/refunds", { event_types: ["checkout.paid_again"] });
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
    expect(await deliveriesOf(late)).toMatchObject([{ event_type: "checkout.paid_again" }]);
  });

  it.each([
    ["a redirect, which is not followed", { status: 307, location: "/elsewhere" }, "redirect", 307],
    ["a server error", DOWN, "status", 503],
    ["a refusal", { status: 404 }, "status", 404],
    ["no answer at all", { drop: true }, "network", null],
  ])("that meets %s is sent again with the same id and body, and a signature of its own time", async (...given) => {
    const [, answer, last_problem, last_status] = given;
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", answer, {});
    await paidCheckout();
    await untilDeliveries(endpoint, [{ status: "pending", attempts: 1, last_problem, last_status }]);
    expect(await receivedAt("/elsewhere")).toHaveLength(0);
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

  it("is delivered by any 2xx, whatever its body", async () => {
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", { status: 202, endless: true });
    await paidCheckout();
    await untilDeliveries(endpoint, [{ status: "delivered", last_status: 202 }]);
  });

  it("that is not answered within 10 seconds has failed", { timeout: 20_000 }, async () => {
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", { delay_ms: 15_000 });
    await paidCheckout();
    await untilReceived("/shop", 1);
    await vi.waitFor(
      async () => expect(await deliveriesOf(endpoint)).toMatchObject([{ attempts: 1, last_problem: "timeout" }]),
      { timeout: 12_000, interval: 200 },
    );
  });

  it("is sent again when the Worker died while it was under way", async () => {
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
  it("come in order, also when the first ones fail, while those of another one go on", async () => {
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

  it("go on after one that was given up", async () => {
    const endpoint = await openEndpoint("/shop");
    await scriptShop("/shop", DOWN);
    const checkout = await openServerCheckout();
    await moveCheckout(checkout, "pending");
    await moveCheckout(checkout, "paid");
    for (const hours of [0, 1, 1, 3, 6, 11, 16, 22, 27]) {
      await untilDeliveries(endpoint, [{ status: "pending" }, { status: "pending", attempts: 0 }]);
      await passTime(hours * HOUR + 6 * SECOND);
      await vi.waitFor(async () => expect((await receivedAt("/shop")).length).toBeGreaterThan(0), 5_000);
    }
  });
});
