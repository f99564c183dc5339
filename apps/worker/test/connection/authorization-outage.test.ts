import { abortAllDurableObjects, env, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { anotherLink, begin, consentAtQonto } from "../support/connect.ts";
import { changeDatabase, merchantObject, ringAlarm } from "../support/object/merchant-object.ts";
import { FOREIGN_ANSWERS, HOUR_MS, letPass, letTheTokenEnd, payForMug, watchLog } from "../support/oauth-outage.ts";
import { plannedReads } from "./planned-reads.ts";
import { breakOperation, callsOf, control } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, toldEvents, toldTypes } from "../support/server.ts";
import { checkoutFor, errorOf, openMerchant, openShop, secretKeyOf } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** Answers with which Qonto may reject the client. */
const REJECTIONS = [
  ["401", { status: 401, code: "invalid_client" }],
  ["400", { status: 400, code: "invalid_client" }],
  ["403", { status: 403, code: "unauthorized_client" }],
  [
    "401 with a challenge",
    { status: 401, code: "invalid_client", headers: { "WWW-Authenticate": 'Basic realm="qonto"' } },
  ],
] as const;

describe("a client that Qonto rejects", () => {
  it.each(REJECTIONS)("with %s causes an alarm in the log, one event and an API error", async (_name, fault) => {
    await letTheTokenEnd();
    await breakOperation("createToken", { ...fault, times: 0 });
    const log = watchLog();
    const refused = await payForMug();
    expect(refused.status).toBe(503);
    expect((await errorOf(refused)).code).toBe("misconfigured");
    expect(log.codes()).toContain("qonto_client_rejected");
    expect(log.text()).toContain("QONTO_CLIENT_SECRET");
    expect(await toldEvents()).toMatchObject([
      { type: "authorization.suspended", data: { authorization: { reason: "invalid_client" } } },
    ]);
    expect(await callsOf("createPaymentLink")).toEqual([]);
  });

  it("is tried at most four times an hour regardless of the number of shoppers, and the consent is kept", async () => {
    await letTheTokenEnd();
    await breakOperation("createToken", { status: 401, code: "invalid_client", times: 0 });
    for (let minute = 0; minute < 60; minute += 5) {
      await Promise.all([payForMug(), payForMug()]);
      await letPass(5 * 60_000);
    }
    const tries = await callsOf("createToken");
    expect(tries.length).toBeGreaterThanOrEqual(3);
    expect(tries.length).toBeLessThanOrEqual(5);
    expect(await toldTypes()).toEqual(["authorization.suspended"]);
  });

  it("causes an event for every merchant, and another when the outage ends", async () => {
    await openMerchant("other");
    await letTheTokenEnd();
    await breakOperation("createToken", { status: 401, code: "invalid_client", times: 0 });
    expect((await payForMug()).status).toBe(503);
    expect((await payForMug("pk_sandbox_other")).status).toBe(503);
    await control("DELETE", "faults");
    await letPass(16 * 60_000);
    await ringAlarm("demo");
    await ringAlarm("other");
    expect(await toldTypes()).toEqual(["authorization.suspended", "authorization.resumed"]);
    const others = await callAsServer("GET", "events", { key: secretKeyOf("other") });
    const { data: events } = await others.json<{ data: readonly { type: string }[] }>();
    expect(events.map(({ type }) => type).slice(-2)).toEqual(["authorization.suspended", "authorization.resumed"]);
    await checkoutFor({ product: "mug" });
  });

  it("is tried at once after a deployment replaced it, even after too many answers of 401", async () => {
    await letTheTokenEnd();
    await breakOperation("createToken", { status: 401, code: "invalid_client", times: 0 });
    for (let time = 0; time < 6; time += 1) {
      await payForMug();
      await letPass(15 * 60_000);
    }
    await control("DELETE", "faults");
    const settings = env as unknown as Record<string, string>;
    const before = settings["QONTO_CLIENT_ID"] ?? "";
    // As after a deployment: the object starts with other settings. The sandbox knows only one client, so restore it.
    settings["QONTO_CLIENT_ID"] = "another-client";
    try {
      await abortAllDurableObjects();
      await payForMug();
    } finally {
      settings["QONTO_CLIENT_ID"] = before;
    }
    const tried = (await callsOf("createToken")).length;
    await abortAllDurableObjects();
    await checkoutFor({ product: "mug" });
    expect((await callsOf("createToken")).length).toBe(tried + 1);
  });
});

describe("an answer that does not come from Qonto's OAuth", () => {
  it.each(FOREIGN_ANSWERS)(
    "%s causes an alarm that names the staging token, and keeps the consent",
    async (_name, fault) => {
      await letTheTokenEnd();
      await breakOperation("createToken", { ...fault, times: 0 });
      const log = watchLog();
      expect((await errorOf(await payForMug())).code).toBe("qonto_unavailable");
      expect(log.codes()).toContain("qonto_oauth_unreadable");
      expect(log.text()).toContain("QONTO_STAGING_TOKEN");
      expect(log.text()).not.toContain("Bad gateway");
      expect(await toldEvents()).toMatchObject([
        { type: "authorization.suspended", data: { authorization: { reason: "invalid_response" } } },
      ]);
      await control("DELETE", "faults");
      await checkoutFor({ product: "mug" });
      expect(await toldTypes()).toEqual(["authorization.suspended", "authorization.resumed"]);
    },
  );

  it("causes no alarm if it occurs once: the Worker repeats the refresh", async () => {
    await letTheTokenEnd();
    await breakOperation("createToken", { body: "html" });
    await checkoutFor({ product: "mug" });
    expect(await toldTypes()).toEqual([]);
  });

  it("is over as soon as the alarm gets a token, without any shopper", async () => {
    await letTheTokenEnd();
    await breakOperation("createToken", { status: 403, body: "html", times: 0 });
    await payForMug();
    await control("DELETE", "faults");
    await letPass(6 * 60_000);
    await ringAlarm();
    expect(await toldTypes()).toEqual(["authorization.suspended", "authorization.resumed"]);
  });
});

describe("open checkouts that can't be read", () => {
  beforeEach(async () => {
    for (let count = 0; count < 5; count += 1) await checkoutFor({ product: "mug" });
    await letTheTokenEnd();
  });

  it("wait for the next try while Qonto rejects the client, and are then read at once", async () => {
    await breakOperation("createToken", { status: 401, code: "invalid_client", times: 0 });
    await ringAlarm();
    const { retryAt } = await outage();
    for (const time of await plannedReads()) expect(time).toBeGreaterThanOrEqual(retryAt);
    await control("DELETE", "faults");
    await control("DELETE", "journal");
    await letPass(15 * 60_000 + 1_000);
    await ringAlarm();
    await ringAlarm();
    expect(new Set((await callsOf("getPaymentLink")).map(({ path }) => path)).size).toBe(5);
  });

  it("wait for an hour after the consent was revoked, and are read with the first alarm after a new consent", async () => {
    await breakOperation("createToken", { status: 400, code: "invalid_grant" });
    const before = Date.now();
    await ringAlarm();
    for (const time of await plannedReads()) expect(time).toBeGreaterThanOrEqual(before + HOUR_MS);
    await control("DELETE", "journal");
    expect((await consentAtQonto(await begin(await anotherLink()), "demo")).status).toBe(303);
    await ringAlarm();
    expect(new Set((await callsOf("getPaymentLink")).map(({ path }) => path)).size).toBe(5);
  });
});

it("an outage that an earlier version stored is tried again after a repair", async () => {
  const stored = { reason: "invalid_client", since: Date.now(), retryAt: Date.now() + 900_000, client: "earlier" };
  await changeDatabase(({ sql }) => {
    sql.exec("INSERT INTO settings (name, value) VALUES ('authorization_outage', ?)", JSON.stringify(stored));
  });
  await answerAsServer("POST", "diagnostics/repair");
  expect((await outage()).retryAt).toBeLessThanOrEqual(Date.now());
});

function outage(): Promise<{ readonly retryAt: number }> {
  return runInDurableObject(merchantObject(), (_object, { storage }) => {
    const { value } = storage.sql
      .exec<{ value: string }>("SELECT value FROM settings WHERE name = 'authorization_outage'")
      .one();
    return JSON.parse(value) as { retryAt: number };
  });
}

describe("a dead refresh token", () => {
  it.each([
    ["400", { status: 400 }],
    ["401", { status: 401 }],
    ["401 with a challenge", { status: 401, headers: { "WWW-Authenticate": "Bearer" } }],
    ["403", { status: 403 }],
  ])("is classified by its error, not by its status %s", async (_name, fault) => {
    await letTheTokenEnd();
    await breakOperation("createToken", { ...fault, code: "invalid_grant", times: 0 });
    expect((await errorOf(await payForMug())).code).toBe("merchant_not_connected");
    await ringAlarm();
    expect(await toldTypes()).toEqual(["authorization.action_required"]);
  });
});
