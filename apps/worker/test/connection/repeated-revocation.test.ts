import type { DiagnosticsReport } from "@qonto-pay/core/api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  administer,
  anotherLink,
  askConsent,
  begin,
  type Browser,
  consentAtQonto,
  decide,
  headingOf,
  letPass,
} from "../support/connect.ts";
import { eventually } from "../support/eventually.ts";
import { ringAlarm, untilAtRest } from "../support/object/merchant-object.ts";
import { breakOperation, callsToQonto, control } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, toldEvents, toldTypes } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

const CONSENT_AGAIN = "Connect your Qonto account again";

function payForMug(): Promise<Response> {
  return pay({ publishable_key: KEY, product: "mug" });
}

/** Returns the reasons of all events that ask the merchant to reauthorize. */
async function reasonsToReauthorize(): Promise<readonly (string | undefined)[]> {
  const events = await toldEvents();
  return events.filter(({ type }) => type === "authorization.action_required").map(({ data }) => data.consent?.reason);
}

async function consentCheck(): Promise<DiagnosticsReport["checks"][number] | undefined> {
  const { checks } = await answerAsServer<DiagnosticsReport>("GET", "diagnostics");
  return checks.find(({ name }) => name === "consent");
}

async function unauthorizedAnswers(): Promise<number> {
  return (await callsToQonto()).filter(({ status }) => status === 401).length;
}

/** Opens a new connect link in a new browser. */
async function openConnectPage(): Promise<{ readonly browser: Browser; readonly heading: string }> {
  const browser = await begin(await anotherLink());
  return { browser, heading: await headingOf(await browser.get("/connect/demo")) };
}

describe("a consent that is revoked again and again within the hour", () => {
  // Qonto's webhook may be lost, and the support session that follows reads the diagnostics before it reconnects.
  it("is reported and replaced each time, even after diagnostics and many shoppers", async () => {
    for (let time = 1; time <= 8; time += 1) {
      await control("POST", "revoke");
      if (time % 2 === 0) expect(await consentCheck()).toMatchObject({ status: "failing" });
      const refusals = await Promise.all(Array.from({ length: 6 }, payForMug));
      for (const refused of refusals) expect((await errorOf(refused)).code).toBe("merchant_not_connected");
      expect(await consentCheck()).toMatchObject({ status: "failing", measured: { needs_reconnect: "revoked" } });
      await ringAlarm();
      expect(await reasonsToReauthorize()).toEqual(Array.from({ length: time }, () => "revoked"));
      const { browser, heading } = await openConnectPage();
      expect(heading).toBe(CONSENT_AGAIN);
      expect((await consentAtQonto(browser, "demo")).status).toBe(303);
      await checkoutFor({ product: "mug" });
    }
  });

  it("is noticed by the connect page alone, which offers the consent step", async () => {
    for (let time = 1; time <= 7; time += 1) {
      await control("POST", "revoke");
      const { browser, heading } = await openConnectPage();
      expect(heading).toBe(CONSENT_AGAIN);
      expect((await consentAtQonto(browser, "demo")).status).toBe(303);
    }
    await checkoutFor({ product: "mug" });
  });

  it("is replaced after the merchant was disconnected", async () => {
    for (let time = 1; time <= 7; time += 1) {
      await control("POST", "revoke");
      await callAsServer("GET", "diagnostics");
      expect((await administer("POST", "/v1/merchants/demo/disconnect")).status).toBe(200);
      const { browser } = await openConnectPage();
      expect((await consentAtQonto(browser, "demo")).status).toBe(303);
    }
    await checkoutFor({ product: "mug" });
  });
});

it("a late 401 of an earlier authorization does not suspend the new one", async () => {
  await untilAtRest();
  const browser = await begin(await anotherLink());
  await breakOperation("createPaymentLink", { status: 401, delay_ms: 2_500, times: 2 });
  const late = payForMug();
  await eventually(async () =>
    expect((await callsToQonto()).filter(({ operation }) => operation === "createPaymentLink")).toHaveLength(2),
  );
  expect((await consentAtQonto(browser, "demo")).status).toBe(303);
  expect((await late).status).toBe(201);
  expect(await reasonsToReauthorize()).toEqual([]);
  await checkoutFor({ product: "mug" });
});

/** Every call of the API with any token of this consent. */
const API_CALLS = [
  "createPaymentLink",
  "getPaymentLink",
  "listPaymentLinks",
  "listPaymentMethods",
  "getConnection",
  "getOrganization",
  "listWebhookSubscriptions",
  "createWebhookSubscription",
];

async function refuseEveryToken(): Promise<void> {
  for (const operation of API_CALLS) await breakOperation(operation, { status: 401, times: 0 });
}

describe("tokens that Qonto rejects although it has just renewed them", () => {
  beforeEach(async () => {
    await untilAtRest();
    await refuseEveryToken();
  });

  it("require the merchant to reauthorize, which the event, the connection and the diagnostics report", async () => {
    expect((await errorOf(await payForMug())).code).toBe("merchant_not_connected");
    expect(await reasonsToReauthorize()).toEqual(["rejected"]);
    const check = await consentCheck();
    expect(check).toMatchObject({ status: "failing", measured: { needs_reconnect: "rejected" } });
    expect(check?.remediation).toContain("connect_link");
    const { browser, heading } = await openConnectPage();
    expect(heading).toBe(CONSENT_AGAIN);
    expect(await (await browser.get("/connect/demo")).text()).toContain("rejects");
  });

  it("are noticed by the connect page alone, which offers the consent step", async () => {
    expect((await openConnectPage()).heading).toBe(CONSENT_AGAIN);
  });

  it("cause few answers of 401 regardless of the number of shoppers, and are reported once", async () => {
    await Promise.all(Array.from({ length: 100 }, payForMug));
    expect(await unauthorizedAnswers()).toBeLessThanOrEqual(8);
    for (let minute = 0; minute < 60; minute += 5) {
      await Promise.all([payForMug(), payForMug(), callAsServer("GET", "diagnostics")]);
      await letPass(5);
    }
    expect(await unauthorizedAnswers()).toBeLessThanOrEqual(15);
    expect(await reasonsToReauthorize()).toEqual(["rejected"]);
  });

  it("are replaced by a new consent at once", async () => {
    await payForMug();
    await control("DELETE", "faults");
    const { browser } = await openConnectPage();
    expect((await consentAtQonto(browser, "demo")).status).toBe(303);
    await checkoutFor({ product: "mug" });
    expect(await consentCheck()).toMatchObject({ status: "ok" });
  });

  it("cause one answer each after many failed consents within the hour", async () => {
    for (let time = 0; time < 15; time += 1) {
      await refuseEveryToken();
      await payForMug();
      await control("DELETE", "faults");
      const { browser } = await openConnectPage();
      expect((await consentAtQonto(browser, "demo")).status).toBe(303);
      await untilAtRest();
    }
    // Two tokens each until 20 are rejected, the second one by two operations; then one each.
    expect(await unauthorizedAnswers()).toBe(10 * 3 + 5);
    await checkoutFor({ product: "mug" });
  });

  it("are tried again by the alarm, so that an incident at Qonto ends without intervention", async () => {
    await payForMug();
    await control("DELETE", "faults");
    await letPass(16);
    await ringAlarm();
    expect(await consentCheck()).toMatchObject({ status: "ok", measured: { needs_reconnect: null } });
    expect(await toldTypes()).toEqual(["authorization.action_required", "authorization.granted"]);
    await checkoutFor({ product: "mug" });
  });
});

describe("an operation that Qonto always answers with 401, while it accepts the token", () => {
  beforeEach(untilAtRest);

  it.each(["getConnection", "listPaymentMethods", "listWebhookSubscriptions"])(
    "fails alone, even after diagnostics: %s",
    async (operation) => {
      await breakOperation(operation, { status: 401, times: 0 });
      for (let time = 0; time < 3; time += 1) {
        const { checks } = await answerAsServer<DiagnosticsReport>("GET", "diagnostics");
        const failing = checks.find(({ message }) => message.includes(operation));
        expect(failing).toMatchObject({ status: "failing", message: expect.stringContaining("401") });
        await checkoutFor({ product: "mug" });
      }
      expect(await unauthorizedAnswers()).toBe(2);
      expect(await toldTypes()).toEqual([]);
    },
  );

  it("fails alone where it creates links, and is tried again after 15 minutes", async () => {
    const { id } = await checkoutFor({ product: "mug" });
    await breakOperation("createPaymentLink", { status: 401, times: 0 });
    const refusals = await Promise.all(Array.from({ length: 20 }, payForMug));
    for (const refused of refusals) expect((await errorOf(refused)).code).toBe("qonto_refused");
    // One for each call under way with the first token, and two with the next one.
    expect(await unauthorizedAnswers()).toBeLessThanOrEqual(20 + 2);
    await answerAsServer("POST", `checkouts/${id}/sync`);
    await control("DELETE", "faults");
    expect((await errorOf(await payForMug())).code).toBe("qonto_refused");
    await letPass(16);
    await checkoutFor({ product: "mug" });
    expect(await toldTypes()).toEqual([]);
  });

  it("does not count as a rejected token, however often it is tried", async () => {
    await breakOperation("getConnection", { status: 401, times: 0 });
    for (let quarter = 0; quarter < 8; quarter += 1) {
      await callAsServer("GET", "connection");
      await letPass(16);
    }
    expect(await unauthorizedAnswers()).toBeGreaterThan(10);
    await checkoutFor({ product: "mug" });
    expect(await toldTypes()).toEqual([]);
  });

  it("is tried at once after a new consent", async () => {
    await breakOperation("createPaymentLink", { status: 401, times: 0 });
    await payForMug();
    await control("DELETE", "faults");
    const browser = await begin(await anotherLink());
    expect((await consentAtQonto(browser, "demo")).status).toBe(303);
    await checkoutFor({ product: "mug" });
  });
});

describe("a token that was replaced, where Qonto can't say whether it accepts the new one", () => {
  it("is used anyway", async () => {
    await untilAtRest();
    await breakOperation("createPaymentLink", { status: 401 });
    await breakOperation("getOrganization", { status: 500, times: 0 });
    await checkoutFor({ product: "mug" });
  });
});

describe("the exchange of a code", () => {
  it.each([
    ["invalid_client", { status: 401, code: "invalid_client" }],
    ["no reason", { status: 401 }],
  ])("is requested after any number of token requests that Qonto answered with 401 and %s", async (_name, fault) => {
    await untilAtRest();
    await letPass(61);
    await breakOperation("createToken", { ...fault, times: 0 });
    const browser = await begin(await anotherLink());
    for (let time = 0; time < 8; time += 1) {
      await payForMug();
      expect((await consentAtQonto(browser, "demo")).status).toBe(502);
    }
    await control("DELETE", "faults");
    const back = await decide(await askConsent(browser, "demo"), "allow");
    expect((await browser.get(back)).headers.get("Location")).toBe("/connect/demo");
    await checkoutFor({ product: "mug" });
  });
});

describe("refreshes that Qonto answers with 401 without a reason", () => {
  it("end after five within the hour, and are reported", async () => {
    await untilAtRest();
    await letPass(61);
    await breakOperation("createToken", { status: 401, times: 0 });
    for (let shopper = 0; shopper < 12; shopper += 1) await payForMug();
    expect((await errorOf(await payForMug())).code).toBe("merchant_not_connected");
    expect(await unauthorizedAnswers()).toBe(5);
    expect(await reasonsToReauthorize()).toEqual(["rejected"]);
  });
});
