import { runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { answerAsServer, callAsServer, openServerCheckout } from "../support/server.ts";
import {
  deliveriesOf,
  type DeliveryAnswer,
  moveCheckout,
  openEndpoint,
  paidCheckout,
  passTime,
  receivedAt,
  resetShops,
  scriptShop,
  times,
  toldAt,
  untilDeliveries,
  untilReceived,
} from "../support/shop-server.ts";
import { errorOf, openShop } from "../support/shop.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const DOWN = { status: 503 };

beforeEach(openShop);
afterEach(async () => {
  vi.useRealTimers();
  await resetShops();
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
