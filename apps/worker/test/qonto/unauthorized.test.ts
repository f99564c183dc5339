import type { DiagnosticsReport } from "@qonto-pay/core/api";
import { abortAllDurableObjects } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { anotherLink, begin, consentAtQonto } from "../support/connect.ts";
import { eventually } from "../support/eventually.ts";
import { untilAtRest } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, callsToQonto, control } from "../support/sandbox.ts";
import { answerAsServer, toldEvents } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openMerchant, openShop, pay } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

const payForMug = (): Promise<Response> => pay({ publishable_key: KEY, product: "mug" });

async function unauthorizedAnswers(): Promise<number> {
  return (await callsToQonto()).filter(({ status }) => status === 401).length;
}

/** The most calls of one merchant that are under way at once. */
const MOST_AT_ONCE = 51;

/** The most answers of 401 within an hour while more than one call is under way. */
const MOST_OF_AN_HOUR = 60;

/** Lets Qonto answer after 300 ms, and revokes the consent while many calls of each kind of shopper are under way. */
async function revokeAtFullLoad(kinds = [payForMug]): Promise<void> {
  await breakOperation("createPaymentLink", { delay_ms: 300, times: 0 });
  for (const buy of kinds) expect((await buy()).status).toBe(201);
  await control("DELETE", "journal");
  const shoppers = kinds.flatMap((buy) => Array.from({ length: 100 }, buy));
  await eventually(async () => {
    const calls = await callsOf("createPaymentLink");
    expect(calls.filter(({ status }) => status === null).length).toBeGreaterThanOrEqual(18 * kinds.length);
  });
  await control("POST", "revoke");
  for (const shopper of shoppers) {
    const response = await shopper;
    if (!response.ok) expect((await errorOf(response)).code).toBe("merchant_not_connected");
  }
}

describe("a consent that the merchant revoked", () => {
  it("causes at most 5 answers of 401 after a restart, regardless of the number of shoppers, and one event", async () => {
    await abortAllDurableObjects();
    await control("POST", "revoke");
    const refusals = await Promise.all(Array.from({ length: 100 }, payForMug));
    for (const refused of refusals) expect((await errorOf(refused)).code).toBe("merchant_not_connected");
    const made = (await callsOf("createPaymentLink")).length;
    expect(await unauthorizedAnswers()).toBeLessThanOrEqual(5);
    await eventually(async () => {
      const told = await toldEvents();
      expect(told).toMatchObject([{ type: "authorization.action_required", data: { consent: { reason: "revoked" } } }]);
    });
    expect((await errorOf(await payForMug())).code).toBe("merchant_not_connected");
    expect(await callsOf("createPaymentLink")).toHaveLength(made);
    expect(await callsOf("createToken")).toHaveLength(1);
  });

  it("causes one answer of 401 for each call under way at full load, and no further call", async () => {
    await untilAtRest();
    await revokeAtFullLoad();
    const answers = await unauthorizedAnswers();
    expect(answers).toBeGreaterThanOrEqual(18);
    expect(answers).toBeLessThanOrEqual(MOST_AT_ONCE);
    await payForMug();
    expect(await unauthorizedAnswers()).toBe(answers);
  });

  it("causes one answer of 401 for each call under way of two merchants at full load", async () => {
    await openMerchant("other");
    await untilAtRest();
    await revokeAtFullLoad([payForMug, () => pay({ publishable_key: "pk_sandbox_other", product: "poster" })]);
    expect(await unauthorizedAnswers()).toBeLessThanOrEqual(2 * MOST_AT_ONCE);
  });

  it("causes no more than the hour's part of these answers if it is given and revoked again and again", async () => {
    await untilAtRest();
    await revokeAtFullLoad();
    let answers = await unauthorizedAnswers();
    for (let time = 0; time < 5; time += 1) {
      await control("DELETE", "faults");
      const browser = await begin(await anotherLink());
      expect((await consentAtQonto(browser, "demo")).status).toBe(303);
      await checkoutFor({ product: "mug" });
      await control("DELETE", "journal");
      await breakOperation("createPaymentLink", { delay_ms: 300, times: 0 });
      const shoppers = Array.from({ length: 40 }, payForMug);
      await eventually(async () => expect((await callsOf("createPaymentLink")).length).toBeGreaterThan(0));
      await control("POST", "revoke");
      await Promise.all(shoppers);
      answers += await unauthorizedAnswers();
    }
    // Beyond it, each new consent, which a person must give, costs one.
    expect(answers).toBeLessThanOrEqual(MOST_OF_AN_HOUR + 5);
    await control("DELETE", "faults");
    const browser = await begin(await anotherLink());
    expect((await consentAtQonto(browser, "demo")).status).toBe(303);
    await checkoutFor({ product: "mug" });
  });
});

describe("while Qonto answers 401 to everything", () => {
  it("at most 5 calls an hour are made", async () => {
    for (const operation of ["createPaymentLink", "getOrganization", "listPaymentLinks"]) {
      await control("POST", "faults", { operation, status: 401, times: 0 });
    }
    for (let shopper = 0; shopper < 10; shopper += 1) await payForMug();
    expect((await callsOf("createPaymentLink")).length).toBeLessThanOrEqual(5);
    await control("DELETE", "faults");
    expect((await errorOf(await payForMug())).code).toBe("merchant_not_connected");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_600_000 });
    await control("POST", "clock", { advance_seconds: 3_600 });
    await checkoutFor({ product: "mug" });
  });
});

describe("while Qonto answers 401 to getOrganization alone", () => {
  beforeEach(async () => {
    await untilAtRest();
    await breakOperation("getOrganization", { status: 401, times: 0 });
  });

  it("a token that Qonto rejected is replaced, and links are created", async () => {
    await breakOperation("createPaymentLink", { status: 401 });
    await checkoutFor({ product: "mug" });
    await checkoutFor({ product: "mug" });
    expect(await unauthorizedAnswers()).toBe(2);
    expect(await toldEvents()).toEqual([]);
  });

  it("diagnostics report it, and links are created", async () => {
    const { checks } = await answerAsServer<DiagnosticsReport>("GET", "diagnostics");
    expect(checks.find(({ name }) => name === "access_token")).toMatchObject({
      status: "failing",
      message: expect.stringContaining("401 to getOrganization"),
    });
    await checkoutFor({ product: "mug" });
    expect(await toldEvents()).toEqual([]);
  });
});
