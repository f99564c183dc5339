import type { DeploymentReport, DiagnosticsReport } from "@qonto-pay/core/api";
import { abortAllDurableObjects, env, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  administer,
  anotherLink,
  askConsent,
  begin,
  consentAtQonto,
  newBrowser,
  problemOf,
} from "../support/connect.ts";
import { newDeployment } from "../support/deployment.ts";
import { merchantObject, ringAlarm, untilAtRest } from "../support/merchant-object.ts";
import { plannedReads } from "../support/planned-reads.ts";
import { breakOperation, callsOf, callsToQonto, control } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, toldEvents, toldTypes } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openMerchant, openShop, pay, secretKeyOf } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const HOUR_MS = 3_600_000;

/** Later, here and at Qonto. */
async function letPass(milliseconds: number): Promise<void> {
  await control("POST", "clock", { advance_seconds: milliseconds / 1000 });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

/** An hour later: the access token has ended, and only a refresh gives another. */
async function letTheTokenEnd(): Promise<void> {
  await untilAtRest();
  await letPass(HOUR_MS);
}

function payForMug(key = KEY): Promise<Response> {
  return pay({ publishable_key: key, product: "mug" });
}

/** What an operator's log search finds, by its code. */
function watchLog(): { readonly codes: () => readonly string[]; readonly text: () => string } {
  const lines: string[] = [];
  for (const method of ["log", "error", "warn"] as const) {
    vi.spyOn(console, method).mockImplementation((line: string) => void lines.push(line));
  }
  return {
    codes: () => lines.map((line) => (JSON.parse(line) as { code?: string }).code ?? ""),
    text: () => lines.join("\n"),
  };
}

/** Several ways in which Qonto may say that it does not know the client. */
const REJECTIONS = [
  ["401", { status: 401, code: "invalid_client" }],
  ["400", { status: 400, code: "invalid_client" }],
  ["403", { status: 403, code: "unauthorized_client" }],
  [
    "401 with a challenge",
    { status: 401, code: "invalid_client", headers: { "WWW-Authenticate": 'Basic realm="qonto"' } },
  ],
] as const;

/** Several ways in which something else than Qonto's OAuth may answer. */
const FOREIGN_ANSWERS = [
  ["HTML with 200", { body: "html" }],
  ["a redirect to a login", { status: 302, headers: { Location: "https://login.example/" } }],
  ["HTML with 403", { status: 403, body: "html" }],
  ["HTML with 404", { status: 404, body: "html" }],
  ["nothing at all", { body: "empty" }],
] as const;

describe("a client that Qonto rejects", () => {
  it.each(REJECTIONS)("by %s is an alarm in the log, one event and the API's error", async (_name, fault) => {
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

  it("is asked four times an hour however many shoppers come, and the consent is kept", async () => {
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

  it("is an event to every merchant, and its end is another one", async () => {
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

  it("and was replaced by a deployment is tried at once, also after too many answers of 401", async () => {
    await letTheTokenEnd();
    await breakOperation("createToken", { status: 401, code: "invalid_client", times: 0 });
    for (let time = 0; time < 6; time += 1) {
      await payForMug();
      await letPass(15 * 60_000);
    }
    await control("DELETE", "faults");
    const settings = env as unknown as Record<string, string>;
    const before = settings["QONTO_CLIENT_ID"] ?? "";
    // As after a deployment: the object starts with other settings. The sandbox knows no other client, so it goes back.
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

describe("an answer that is not of Qonto's OAuth", () => {
  it.each(FOREIGN_ANSWERS)(
    "%s is an alarm that names the staging token, and keeps the consent",
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

  it("once is no alarm: the same refresh is made again", async () => {
    await letTheTokenEnd();
    await breakOperation("createToken", { body: "html" });
    await checkoutFor({ product: "mug" });
    expect(await toldTypes()).toEqual([]);
  });

  it("is found to be over without a shopper", async () => {
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

  it("wait for the next try where Qonto rejects the client, and are then read at once", async () => {
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

  it("wait for an hour where the consent is gone, and are read with the first alarm after a new one", async () => {
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
  await runInDurableObject(merchantObject(), (_object, { storage }) => {
    const sql = "INSERT INTO settings (name, value) VALUES ('authorization_outage', ?)";
    storage.sql.exec(sql, JSON.stringify(stored));
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

describe("the diagnostics", () => {
  it.each([
    ["invalid_client", { status: 401, code: "invalid_client" }, "QONTO_CLIENT_SECRET"],
    ["invalid_response", { body: "html" }, "QONTO_STAGING_TOKEN"],
  ])("of a merchant show %s, its start and the remediation", async (problem, fault, text) => {
    await letTheTokenEnd();
    await breakOperation("createToken", { ...fault, times: 0 });
    await payForMug();
    const { healthy, checks } = await answerAsServer<DiagnosticsReport>("GET", "diagnostics");
    expect(healthy).toBe(false);
    const check = checks.find(({ name }) => name === "oauth_client");
    expect(check).toMatchObject({ status: "failing", measured: { problem, since: expect.any(String) } });
    expect(check?.remediation).toContain(text);
  });

  it("of the deployment are good while Qonto accepts it, with two calls and without a merchant", async () => {
    const response = await newDeployment()();
    const checks = [{ name: "oauth", status: "ok" }, {}, { name: "api", status: "ok" }];
    expect(await response.json()).toMatchObject({ healthy: true, checks });
    expect((await callsToQonto()).map(({ operation }) => operation)).toEqual(["createToken", "getOrganization"]);
  });

  it.each([
    ["rejects the client", { oauth_client: "invalid" }, "createToken", null, "failing", "QONTO_CLIENT_SECRET"],
    ["answers HTML", {}, "createToken", { body: "html", times: 0 }, "failing", "QONTO_STAGING_TOKEN"],
    ["redirects", {}, "createToken", { status: 302, times: 0 }, "failing", "QONTO_STAGING_TOKEN"],
    ["fails", {}, "createToken", { status: 500, times: 0 }, "warning", "status page"],
  ] as const)("of the deployment show that Qonto %s", async (_name, switches, operation, fault, status, text) => {
    await control("PUT", "behaviour", switches);
    if (fault !== null) await breakOperation(operation, fault);
    const log = watchLog();
    const response = await newDeployment()();
    const { healthy, checks } = await response.json<DeploymentReport>();
    expect(healthy).toBe(status !== "failing");
    expect(checks[0]).toMatchObject({ name: "oauth", status, remediation: expect.stringContaining(text) });
    expect(log.codes().some((code) => code.startsWith("qonto_"))).toBe(status === "failing");
  });

  it.each([403, 404])("of the deployment show that HTML with %i is not an answer of Qonto's API", async (status) => {
    await breakOperation("getOrganization", { status, body: "html", times: 0 });
    watchLog();
    const response = await newDeployment()();
    const { checks } = await response.json<DeploymentReport>();
    const api = checks.find(({ name }) => name === "api");
    expect(api).toMatchObject({ status: "failing", remediation: expect.stringContaining("QONTO_STAGING_TOKEN") });
  });

  it("of the deployment ask Qonto once a minute at most, however often they are requested", async () => {
    const runDiagnostics = newDeployment();
    const first: unknown = await (await runDiagnostics()).json();
    for (let time = 0; time < 5; time += 1) expect(await (await runDiagnostics()).json()).toEqual(first);
    expect(await callsToQonto()).toHaveLength(2);
    await letPass(61_000);
    await runDiagnostics();
    expect(await callsToQonto()).toHaveLength(4);
  });

  it("of the deployment are for the operator alone", async () => {
    expect((await callAsServer("GET", "deployment/diagnostics")).status).toBe(401);
    expect((await administer("GET", "/v1/deployment/diagnostics?verbose=1")).status).toBe(422);
  });
});

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

describe("Qonto's sandbox, played by the local one", () => {
  it.each(["html", "redirect"])(
    "connects and takes payments where it asks every call for the staging token: %s",
    async (staging_token) => {
      await control("PUT", "behaviour", { behaviour: "sandbox", staging_token });
      await openMerchant("fresh");
      await letTheTokenEnd();
      const response = await payForMug("pk_sandbox_fresh");
      expect(response.status).toBe(201);
      expect((await administer("POST", "/v1/merchants/fresh/disconnect")).status).toBe(200);
      expect((await callsOf("revokeToken")).map(({ status }) => status)).toEqual([200]);
    },
  );

  it("rejects the client regardless of the secret, and accepts it again", async () => {
    await letTheTokenEnd();
    await control("PUT", "behaviour", { oauth_client: "invalid" });
    expect((await errorOf(await payForMug())).code).toBe("misconfigured");
    await control("PUT", "behaviour", { oauth_client: "valid" });
    await letPass(15 * 60_000);
    await ringAlarm();
    expect(await toldTypes()).toEqual(["authorization.suspended", "authorization.resumed"]);
  });

  it("answers a trace id with a refusal, which is logged", async () => {
    await control("PUT", "behaviour", { error_trace_id: "present" });
    await breakOperation("createPaymentLink", { status: 400, code: "canary_code" });
    const log = watchLog();
    await payForMug();
    expect(log.text()).toMatch(/"code":"qonto_call_failed".*"trace_id":"[0-9a-f]{32}"/);
    expect(log.text()).not.toContain("canary");
  });
});

describe("the staging token", () => {
  it("goes with every call of OAuth: code exchange, refresh and revocation", async () => {
    const browser = await newBrowser("fresh");
    await consentAtQonto(browser, "fresh");
    await letTheTokenEnd();
    await payForMug();
    const calls = await callsOf("createToken");
    expect(calls).toHaveLength(2);
    for (const call of calls) expect(Object.keys(call.headers)).toContain("x-qonto-staging-token");
  });

  it.each(FOREIGN_ANSWERS.slice(0, 4))(
    "is named to the operator in the log when the API answers %s",
    async (_name, fault) => {
      await breakOperation("listPaymentMethods", { ...fault, times: 0 });
      const log = watchLog();
      expect((await callAsServer("GET", "payment_methods")).ok).toBe(false);
      expect(log.text()).toContain("QONTO_STAGING_TOKEN");
    },
  );
});

describe("a merchant who connects", () => {
  it.each([
    ["invalid_scope", "payment_link.write"],
    ["unauthorized_client", "QONTO_CLIENT_ID"],
  ])("reads why Qonto answered %s", async (error, text) => {
    const browser = await newBrowser("fresh");
    const state = (await askConsent(browser, "fresh")).searchParams.get("state");
    const log = watchLog();
    const response = await browser.get(`/oauth/callback?error=${error}&error_description=canary&state=${state}`);
    const page = await response.clone().text();
    expect(await problemOf(response)).toEqual({ status: 502, code: "authorization_failed" });
    expect(page).toContain(text);
    expect(page).not.toContain("canary");
    expect(log.text()).toContain(error === "invalid_scope" ? "invalid_scope" : "QONTO_CLIENT_ID");
  });

  it.each([
    ["rejects the client", { status: 401, code: "invalid_client" }, "client secret"],
    ["is not what answers", { body: "html" }, "QONTO_STAGING_TOKEN"],
    ["redirects to a login", { status: 302, headers: { Location: "/" } }, "QONTO_STAGING_TOKEN"],
  ])("reads that Qonto %s", async (_name, fault, text) => {
    const browser = await newBrowser("fresh");
    await breakOperation("createToken", { ...fault, times: 0 });
    const log = watchLog();
    const response = await consentAtQonto(browser, "fresh");
    const page = await response.clone().text();
    expect(await problemOf(response)).toEqual({ status: 502, code: "authorization_failed" });
    expect(page).toContain(text);
    expect(log.codes().some((code) => code.startsWith("qonto_"))).toBe(true);
    await control("DELETE", "faults");
    expect((await consentAtQonto(browser, "fresh")).status).toBe(303);
  });
});

it("a call that failed is a line in the log, without any text of Qonto's", async () => {
  await breakOperation("createPaymentLink", { status: 400, code: "canary_code" });
  const log = watchLog();
  await payForMug();
  expect(log.codes()).toContain("qonto_call_failed");
  expect(log.text()).not.toContain("canary");
});
