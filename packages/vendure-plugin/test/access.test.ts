import type { MerchantEvent, MerchantEventType } from "@qonto-pay/client";
import { EventBus } from "@vendure/core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { QontoPayAccessEvent } from "../src/index.ts";
import type { GraphqlSession } from "./setup/graphql-session.ts";
import { Shop } from "./setup/shop.ts";

/** The reports to the merchant when no shopper can pay: in the log, in the Admin API and on the event bus. */

let shop: Shop;
let admin: GraphqlSession;
let published: QontoPayAccessEvent[];
let seconds = 0;
const START = Date.now() + 3_600_000;

beforeAll(async () => {
  shop = await Shop.open();
  admin = await shop.admin();
  shop.app
    .get(EventBus)
    .ofType(QontoPayAccessEvent)
    .subscribe((event) => void published.push(event));
});

afterAll(() => shop.close());

beforeEach(async () => {
  published = [];
  await deliver("connection.changed", { connection: { status: "enabled", activated: true } });
  await deliver("authorization.granted", {});
  await deliver("authorization.resumed", { authorization: { reason: "invalid_client" } });
  // Subscribers receive an event after the transaction that publishes it.
  await untilPublished(3);
  published.length = 0;
  shop.logger.lines.length = 0;
});

interface Problem {
  readonly topic: string;
  readonly message: string;
  readonly since: string;
}

/** Each event is a second newer than the last one, and newer than the Worker's own events when the shop opened. */
function eventOf(type: MerchantEventType, data: MerchantEvent["data"]): MerchantEvent {
  seconds += 1;
  const createdAt = new Date(START + seconds * 1000).toISOString();
  const event: unknown = { id: `evt_access${seconds}`, type, created_at: createdAt, data };
  return event as MerchantEvent;
}

async function deliver(type: MerchantEventType, data: MerchantEvent["data"]): Promise<MerchantEvent> {
  const event = eventOf(type, data);
  expect(await shop.deliver(event)).toBe(204);
  return event;
}

async function problems(session = admin): Promise<readonly Problem[]> {
  const { qontoPayProblems } = await session.ask<{ qontoPayProblems: readonly Problem[] }>(
    "{ qontoPayProblems { topic message since } }",
  );
  return qontoPayProblems;
}

const untilPublished = (count: number) => expect.poll(() => published).toHaveLength(count);

describe("a merchant whose shoppers can't pay", () => {
  it.each([
    ["authorization.action_required", { consent: { reason: "revoked" } }, "consent", "must reauthorize Qonto"],
    ["authorization.action_required", { consent: { reason: "rejected" } }, "consent", "rejects the authorization"],
    ["authorization.action_required", { consent: { reason: "expiring" } }, "consent", "soon can't pay"],
    ["authorization.suspended", { authorization: { reason: "invalid_client" } }, "authorization", "invalid_client"],
    ["authorization.suspended", { authorization: { reason: "invalid_response" } }, "authorization", "invalid_response"],
    ["connection.changed", { connection: { status: "disabled", activated: true } }, "connection", "disabled"],
    [
      "connection.changed",
      { connection: { status: "not_connected", activated: false } },
      "connection",
      "not_connected",
    ],
    ["connection.changed", { connection: { status: "pending", activated: true } }, "connection", "pending"],
  ] as const)("sees it in the log, the Admin API and on the event bus: %s with %j", async (type, data, topic, text) => {
    const event = await deliver(type, data);
    await untilPublished(1);
    const message = expect.stringContaining(text) as string;
    expect(published[0]).toMatchObject({ eventId: event.id, type, topic, isProblem: true, message });
    expect(await problems()).toEqual([{ topic, message, since: event.created_at }]);
    expect(shop.logger.lines).toEqual([message]);
  });

  it("a merchant is notified once of an event that comes again", async () => {
    const event = await deliver("connection.changed", { connection: { status: "disabled", activated: true } });
    await untilPublished(1);
    expect(await shop.deliver(event)).toBe(204);
    expect(await shop.deliver(event)).toBe(204);
    await deliver("authorization.action_required", { consent: { reason: "revoked" } });
    await untilPublished(2);
    expect(shop.logger.lines).toHaveLength(2);
  });

  it("a merchant sees each problem until it is resolved", async () => {
    await deliver("connection.changed", { connection: { status: "disabled", activated: true } });
    await deliver("authorization.action_required", { consent: { reason: "revoked" } });
    expect((await problems()).map(({ topic }) => topic)).toEqual(["connection", "consent"]);
    await deliver("authorization.granted", {});
    expect((await problems()).map(({ topic }) => topic)).toEqual(["connection"]);
    await deliver("connection.changed", { connection: { status: "enabled", activated: true } });
    expect(await problems()).toEqual([]);
    await untilPublished(4);
    expect(published.map(({ isProblem }) => isProblem)).toEqual([true, true, false, false]);
    expect(shop.logger.lines.at(-1)).toContain("Shoppers can pay again.");
  });

  it("a late event does not reopen a resolved problem", async () => {
    const late = eventOf("connection.changed", { connection: { status: "disabled", activated: true } });
    await deliver("connection.changed", { connection: { status: "enabled", activated: true } });
    expect(await shop.deliver(late)).toBe(204);
    expect(await problems()).toEqual([]);
  });

  it("a merchant sees a problem after a restart", async () => {
    await deliver("authorization.action_required", { consent: { reason: "revoked" } });
    await shop.stop();
    await shop.start();
    admin = await shop.admin();
    expect((await problems()).map(({ topic }) => topic)).toEqual(["consent"]);
    shop.app
      .get(EventBus)
      .ofType(QontoPayAccessEvent)
      .subscribe((event) => void published.push(event));
  });
});

it("the merchant's problems are shown to administrators only", async () => {
  const visitor = shop.visitorOfAdminApi();
  await expect(problems(visitor)).rejects.toThrow(/FORBIDDEN|not currently authorized/);
});

it("an unknown event type is accepted and not shown", async () => {
  await deliver("mandate.signed" as MerchantEventType, {});
  expect(shop.logger.lines).toEqual([]);
  expect(await problems()).toEqual([]);
});
