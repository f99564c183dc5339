import { abortAllDurableObjects, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { eventually } from "../support/eventually.ts";
import {
  changeDatabase,
  merchantObject,
  nextAlarm,
  ringAlarm,
  untilAtRest,
} from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, control, webhookSecret } from "../support/sandbox.ts";
import { toldTypes } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openMerchant, openShop, pay, secretKeyOf } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

/** Lets an hour pass, here and at Qonto: the access token has expired. */
async function letTheTokenEnd(): Promise<void> {
  await control("POST", "clock", { advance_seconds: 3600 });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
}

describe("the access token", () => {
  it("is renewed once, regardless of how many shoppers wait for it", async () => {
    await letTheTokenEnd();
    await Promise.all(Array.from({ length: 200 }, () => checkoutFor({ product: "mug" })));
    expect(await callsOf("createToken")).toHaveLength(1);
  });

  it("is renewed with the replaced refresh token the next time", async () => {
    await letTheTokenEnd();
    await checkoutFor({ product: "mug" });
    await letTheTokenEnd();
    await checkoutFor({ product: "mug" });
    expect((await callsOf("createToken")).map((call) => call.status)).toEqual([200, 200]);
  });

  it("is renewed although Qonto's answer was lost", async () => {
    await letTheTokenEnd();
    await breakOperation("createToken", { drop: true, when: "after" });
    await checkoutFor({ product: "mug" });
  });

  it("is renewed within Qonto's grace period even if the Worker died right after it used the refresh token", async () => {
    await letTheTokenEnd();
    await breakOperation("createToken", { delay_ms: 1_500, when: "after" });
    const dying = pay({ publishable_key: KEY, product: "mug" }).then((response) => response.status);
    await eventually(async () => expect(await callsOf("createToken")).toHaveLength(1));
    await abortAllDurableObjects();
    expect(await dying).toBeGreaterThanOrEqual(500);
    vi.setSystemTime(Date.now() + 11_000);
    await ringAlarm();
    await control("POST", "clock", { advance_seconds: 120 });
    await checkoutFor({ product: "mug" });
  });

  it("is renewed within Qonto's grace period although a 429 to another merchant stops all calls", async () => {
    await openMerchant("other");
    await letTheTokenEnd();
    await breakOperation("createToken", { delay_ms: 1_500, when: "after" });
    const dying = pay({ publishable_key: KEY, product: "mug" }).then((response) => response.status);
    await eventually(async () => expect(await callsOf("createToken")).toHaveLength(1));
    await abortAllDurableObjects();
    expect(await dying).toBeGreaterThanOrEqual(500);
    await breakOperation("createPaymentLink", { status: 429, headers: { "Retry-After": "300" } });
    expect((await pay({ publishable_key: "pk_sandbox_other", product: "poster" })).status).toBe(503);
    // Shoppers can't be served, and their requests must not postpone the renewal.
    vi.setSystemTime(Date.now() + 8_000);
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("qonto_rate_limited");
    vi.setSystemTime(Date.now() + 3_000);
    await ringAlarm();
    await control("POST", "clock", { advance_seconds: 300 });
    vi.setSystemTime(Date.now() + 300_000);
    await checkoutFor({ product: "mug" });
  });

  it("is renewed within Qonto's grace although another alarm was to come after it", async () => {
    await untilAtRest();
    await letTheTokenEnd();
    const now = Date.now();
    await runInDurableObject(merchantObject(), async (_object, { storage }) => {
      storage.sql.exec("UPDATE checkouts SET read_at = NULL, closes_at = NULL");
      storage.sql.exec("UPDATE settings SET value = ? WHERE name = 'connection_due_at'", String(now + 55_000));
      const subscription = "UPDATE settings SET value = json_set(value, '$.at', ?) WHERE name = 'subscription_due'";
      storage.sql.exec(subscription, now + 55_000);
      await storage.setAlarm(now + 55_000);
    });
    await abortAllDurableObjects();
    await breakOperation("createToken", { delay_ms: 1_500, when: "after" });
    const dying = pay({ publishable_key: KEY, product: "mug" });
    await eventually(async () => expect(await callsOf("createToken")).toHaveLength(1));
    const begun = Date.now();
    await abortAllDurableObjects();
    expect((await dying).status).toBeGreaterThanOrEqual(500);
    expect(await nextAlarm()).toBeLessThanOrEqual(begun + 10_000);
  });

  it("is renewed again even if the alarm runs for another job in between", async () => {
    await changeDatabase((storage) => {
      storage.sql.exec("INSERT INTO settings (name, value) VALUES ('renewal_begun_at', ?)", String(Date.now()));
      return storage.setAlarm(Date.now() + 5_000);
    });
    await ringAlarm();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10_001 });
    await ringAlarm();
    expect(await callsOf("createToken")).toHaveLength(1);
  });

  it("that can no longer be renewed makes checkouts answer merchant_not_connected", async () => {
    await control("POST", "clock", { advance_seconds: 91 * 86_400 });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 91 * 86_400_000 });
    const response = await pay({ publishable_key: KEY, product: "mug" });
    expect(response.status).toBe(503);
    expect((await errorOf(response)).code).toBe("merchant_not_connected");
  });

  it("that can't be renewed at the moment leaves the merchant connected", async () => {
    await untilAtRest();
    await letTheTokenEnd();
    await breakOperation("createToken", { status: 500, times: 2 });
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("qonto_unavailable");
    await checkoutFor({ product: "mug" });
  });
});

describe("an unused consent", () => {
  const DAY_MS = 86_400_000;

  /** Runs the alarm this many days after the start, here and at Qonto. */
  async function ringAfterDays(days: number, startedAt: number): Promise<void> {
    await control("POST", "clock", { now: new Date(startedAt + days * DAY_MS).toISOString() });
    vi.useFakeTimers({ toFake: ["Date"], now: startedAt + days * DAY_MS });
    await ringAlarm();
  }

  it("is renewed: a shopper can pay after 200 days without one", async () => {
    const startedAt = Date.now();
    for (const days of [31, 62, 93, 124, 155, 186]) await ringAfterDays(days, startedAt);
    vi.setSystemTime(startedAt + 200 * DAY_MS);
    await control("POST", "clock", { now: new Date(startedAt + 200 * DAY_MS).toISOString() });
    await checkoutFor({ product: "mug" });
  });

  it("that can't be renewed creates one event after 75 of its 90 days, and can still be used", async () => {
    const startedAt = Date.now();
    await breakOperation("createToken", { status: 500, times: 0 });
    for (const days of [31, 60, 74]) await ringAfterDays(days, startedAt);
    expect(await toldTypes()).not.toContain("authorization.action_required");
    for (const days of [75.1, 76, 80]) await ringAfterDays(days, startedAt);
    expect((await toldTypes()).filter((type) => type === "authorization.action_required")).toHaveLength(1);
    await control("DELETE", "faults");
    await checkoutFor({ product: "mug" });
  });
});

describe("secrets at rest", () => {
  it("are encrypted or hashed", async () => {
    const stored = await runInDurableObject(merchantObject(), (_object, state) =>
      JSON.stringify([
        state.storage.sql.exec("SELECT * FROM settings").toArray(),
        state.storage.sql.exec("SELECT * FROM secret_keys").toArray(),
      ]),
    );
    expect(stored).toContain("sealed_tokens");
    expect(stored).not.toContain(secretKeyOf("demo"));
    expect(stored).not.toContain(await webhookSecret());
    expect(stored).not.toMatch(/access_?token|refresh_?token/i);
  });
});
