import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RequestWindow } from "../../src/qonto/request-window.ts";
import { eventually } from "../support/eventually.ts";
import { callsOf, control } from "../support/sandbox.ts";
import { callAsServer, toldEvents } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay } from "../support/shop.ts";

describe("a window of requests", () => {
  it("never lets more than its limit through in any stretch of its length", () => {
    const arrivals = fc.array(fc.nat(400), { minLength: 50, maxLength: 400 });
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 1, max: 30 }), (pauses, limit) => {
        const window = new RequestWindow(10_000);
        const sent: number[] = [];
        let now = 1_700_000_000_000;
        for (const pause of pauses) {
          now += pause;
          now += window.waitFor(limit, now);
          expect(window.waitFor(limit, now)).toBe(0);
          window.add(now);
          sent.push(now);
        }
        for (const [index, first] of sent.entries()) {
          const within = sent.slice(index).filter((time) => time - first < 10_000);
          expect(within.length).toBeLessThanOrEqual(limit);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("is free again once its length is over", () => {
    const window = new RequestWindow(10_000);
    for (let request = 0; request < 5; request += 1) window.add(1_000_000);
    expect(window.waitFor(5, 1_000_000)).toBeGreaterThan(0);
    expect(window.waitFor(5, 1_010_500)).toBe(0);
  });
});

describe("Qonto's rate limits", () => {
  beforeEach(openShop);

  afterEach(() => {
    vi.useRealTimers();
  });

  it("leave room for shoppers: they can still pay when a server has used up its part", async () => {
    // All of it happens at one moment, regardless of the machine's speed.
    vi.useFakeTimers({ toFake: ["Date"] });
    const server = async (): Promise<void> => {
      for (let read = 0; read < 30; read += 1) await callAsServer("GET", "payment_methods");
    };
    await Promise.all(Array.from({ length: 20 }, server));
    const asked = (await callsOf("listPaymentMethods")).length;
    // Connecting has made calls as well.
    expect(asked).toBeLessThanOrEqual(600);
    expect(asked).toBeGreaterThan(580);
    const refused = await callAsServer("GET", "payment_methods");
    expect((await errorOf(refused)).code).toBe("qonto_rate_limited");
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(5);
    await checkoutFor({ product: "mug" });
    expect(await callsOf("listPaymentMethods")).toHaveLength(asked);
  });
});

describe("a consent that the merchant revoked", () => {
  beforeEach(openShop);
  afterEach(() => {
    vi.useRealTimers();
  });

  it("causes at most 5 answers of 401, regardless of the number of shoppers, and one event", async () => {
    await control("POST", "revoke");
    const refusals = await Promise.all(
      Array.from({ length: 100 }, () => pay({ publishable_key: KEY, product: "mug" })),
    );
    for (const refused of refusals) expect((await errorOf(refused)).code).toBe("merchant_not_connected");
    const made = (await callsOf("createPaymentLink")).length;
    expect((await callsOf("createPaymentLink")).filter((call) => call.status === 401).length).toBeLessThanOrEqual(5);
    await eventually(async () => {
      const told = await toldEvents();
      expect(told).toMatchObject([{ type: "authorization.action_required", data: { consent: { reason: "revoked" } } }]);
    });
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("merchant_not_connected");
    expect(await callsOf("createPaymentLink")).toHaveLength(made);
    expect(await callsOf("createToken")).toHaveLength(1);
  });

  it("causes at most 5 calls an hour while Qonto answers 401 to everything", async () => {
    for (const operation of ["createPaymentLink", "getOrganization"]) {
      await control("POST", "faults", { operation, status: 401, times: 0 });
    }
    for (let shopper = 0; shopper < 10; shopper += 1) await pay({ publishable_key: KEY, product: "mug" });
    expect((await callsOf("createPaymentLink")).length).toBeLessThanOrEqual(5);
    await control("DELETE", "faults");
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("merchant_not_connected");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
    await control("POST", "clock", { advance_seconds: 3_600 });
    await checkoutFor({ product: "mug" });
  });
});
