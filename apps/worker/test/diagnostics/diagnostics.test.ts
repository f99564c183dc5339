import type { DiagnosticsCheckName, DiagnosticsCheckOf, DiagnosticsReport } from "@qonto-pay/core/api";
import { abortAllDurableObjects, env, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { administer, letPass } from "../support/connect.ts";
import { eventually } from "../support/eventually.ts";
import { merchantObject, untilAtRest } from "../support/merchant-object.ts";
import { askQonto, breakOperation, callsOf, control, sandboxUrl, webhookSecret } from "../support/sandbox.ts";
import { answerAsServer, callAsServer, toldEvents } from "../support/server.ts";
import { adminKey, checkoutFor, errorOf, KEY, openShop, pay, secretKeyOf } from "../support/shop.ts";
import { deliver, deliverEvent, paymentLinkEvent, sign } from "../support/webhook.ts";

const HERE = "http://localhost:8787/webhooks/qonto/demo";

/** What a check asks of Qonto. */
const LIVE = {
  access_token: "getOrganization",
  connection: "getConnection",
  payment_methods: "listPaymentMethods",
  webhook_subscription: "listWebhookSubscriptions",
} as const;

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

function report(): Promise<DiagnosticsReport> {
  return answerAsServer("GET", "diagnostics");
}

function named<Name extends DiagnosticsCheckName>({ checks }: DiagnosticsReport, name: Name): DiagnosticsCheckOf<Name> {
  const found = checks.find((check) => check.name === name);
  if (found === undefined) throw new Error(`there is no check ${name}`);
  return found as unknown as DiagnosticsCheckOf<Name>;
}

/** Has the Worker repair what diagnostics only look at. */
function repair(): Promise<{ readonly scheduled: readonly string[] }> {
  return answerAsServer("POST", "diagnostics/repair");
}

/** The statuses of the connection that the merchant was notified of since the first. */
async function connectionEvents(): Promise<readonly (string | undefined)[]> {
  const events = await toldEvents();
  return events.filter(({ type }) => type === "connection.changed").map(({ data }) => data.connection?.status);
}

async function checkOf<Name extends DiagnosticsCheckName>(name: Name): Promise<DiagnosticsCheckOf<Name>> {
  return named(await report(), name);
}

function changeStorage(statement: string, ...values: readonly (number | string)[]): Promise<void> {
  return runInDurableObject(merchantObject(), (_object, state) => {
    state.storage.sql.exec(statement, ...values);
  });
}

/** Everything that a shop could notice, but what calls to Qonto leave: the log of failed calls. */
function stored() {
  return runInDurableObject(merchantObject(), async (_object, { storage }) => ({
    alarm: await storage.getAlarm(),
    settings: storage.sql.exec("SELECT * FROM settings ORDER BY name").toArray(),
    events: storage.sql.exec("SELECT * FROM events").toArray(),
    checkouts: storage.sql.exec("SELECT * FROM checkouts").toArray(),
    deliveries: storage.sql.exec("SELECT * FROM deliveries").toArray(),
  }));
}

async function subscriptions(): Promise<readonly { readonly id: string }[]> {
  const answer = await askQonto("/v2/webhook_subscriptions");
  return (answer as { subscriptions: readonly { id: string }[] }).subscriptions;
}

/** Only the clock of the Worker: Qonto's stays. */
function moveOurClock(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

/** An event that happened so long ago. */
function eventOf(ageMs: number) {
  const created_at = new Date(Date.now() - ageMs).toISOString();
  return { ...paymentLinkEvent(crypto.randomUUID()), created_at };
}

describe("diagnostics", () => {
  it("finds a shop healthy that takes payments", async () => {
    await deliverEvent(eventOf(700));
    const { healthy, checks } = await report();
    expect(checks.filter(({ status }) => status !== "ok")).toEqual([]);
    expect(healthy).toBe(true);
    expect(checks.filter(({ remediation }) => remediation !== null)).toEqual([]);
    expect(checks.map(({ name }) => name)).toEqual([
      "key_environment",
      "consent",
      "oauth_client",
      "access_token",
      "connection",
      "payment_methods",
      "webhook_subscription",
      "webhook_round_trip",
      "clock_skew",
      "rounding",
      "late_reads",
      "lost_links",
      "payments_to_review",
      "webhook_endpoints",
      "last_errors",
    ]);
  });

  it("says of each check that is not good what to do, and is healthy with warnings alone", async () => {
    const { healthy, checks } = await report();
    expect(checks.filter(({ status }) => status === "warning").map(({ name }) => name)).toEqual(["webhook_round_trip"]);
    expect(healthy).toBe(true);
    await control("PUT", "connection", { status: null });
    const sick = await report();
    expect(sick.healthy).toBe(false);
    for (const { status, remediation } of sick.checks) expect(remediation === null).toBe(status === "ok");
    expect(checks.length).toBe(sick.checks.length);
  });

  it("changes nothing: neither what is stored nor the next alarm", async () => {
    await deliverEvent(eventOf(700));
    await checkoutFor({ product: "mug" });
    await untilAtRest();
    await changeStorage("UPDATE checkouts SET read_at = ?", Date.now() - 11 * 60_000);
    await control("PUT", "connection", { status: "disabled" });
    for (const { id } of await subscriptions()) await askQonto(`/v2/webhook_subscriptions/${id}`, { method: "DELETE" });
    const before = await stored();
    const told = await report();
    for (const name of ["connection", "webhook_subscription", "late_reads"] as const) {
      expect(named(told, name).status).not.toBe("ok");
    }
    expect(await stored()).toEqual(before);
  });

  it("takes no query, and a secret key only", async () => {
    const asked = await callAsServer("GET", "diagnostics?verbose=1");
    expect(asked.status).toBe(422);
    expect((await errorOf(asked)).param).toBe("verbose");
    expect((await callAsServer("GET", "diagnostics", { key: "pk_sandbox_demo" })).status).toBe(401);
  });

  it("says which Qonto the deployment talks to", async () => {
    expect((await checkOf("key_environment")).measured).toEqual({
      environment: "sandbox",
      qonto_host: new URL(sandboxUrl).host,
    });
  });
});

describe("the consent", () => {
  it("is told with its age", async () => {
    await letPass(60 * 24 * 3);
    await deliverEvent(eventOf(0));
    // A call renews it: what is told is how it is afterwards.
    const { status, measured } = await checkOf("consent");
    expect(status).toBe("ok");
    expect(measured).toMatchObject({ days_since_refresh: 0, needs_reconnect: null });
    expect(Date.parse(measured?.refreshed_at ?? "") - Date.parse(measured?.given_at ?? "")).toBeGreaterThan(86_400_000);
  });

  it("that was revoked is failing, and says where a new connect link comes from", async () => {
    await control("POST", "revoke");
    const told = await report();
    expect(named(told, "consent")).toMatchObject({ status: "failing", measured: { needs_reconnect: "revoked" } });
    expect(named(told, "consent").remediation).toContain("POST http://localhost:8787/v1/merchants/demo/connect_link");
    for (const name of ["access_token", "connection", "payment_methods", "webhook_subscription"] as const) {
      expect(named(told, name)).toMatchObject({ status: "failing", remediation: named(told, "consent").remediation });
    }
    expect(told.checks).toHaveLength(15);
  });

  it("that can't be renewed is a warning before it ends", async () => {
    await breakOperation("createToken", { status: 500, times: 0 });
    await letPass(60 * 24 * 76);
    const { status, message, remediation, measured } = await checkOf("consent");
    expect(measured).toMatchObject({ days_since_refresh: 76, needs_reconnect: "expiring" });
    expect(status).toBe("warning");
    expect(message).toContain("ends in 14");
    expect(remediation).toContain("connect_link");
  });

  it("of a merchant who was disconnected is failing", async () => {
    await administer("POST", "/v1/merchants/demo/disconnect");
    const told = await report();
    expect(named(told, "consent")).toMatchObject({ status: "failing", measured: { given_at: null } });
    expect(named(told, "connection").status).toBe("failing");
  });
});

describe("the access token", () => {
  it("works, and how long that takes is told", async () => {
    await breakOperation("getOrganization", { delay_ms: 300 });
    const startedAt = Date.now();
    const { status, measured } = await checkOf("access_token");
    expect(status).toBe("ok");
    expect(measured?.latency_ms).toBeGreaterThanOrEqual(290);
    expect(measured?.latency_ms).toBeLessThanOrEqual(Date.now() - startedAt);
  });

  it("is a warning where Qonto is slow", async () => {
    await breakOperation("getOrganization", { delay_ms: 2_100 });
    expect((await checkOf("access_token")).status).toBe("warning");
  });

  it("that can't be opened, as after VAULT_KEY was lost, is failing like all that need it, and the rest is told", async () => {
    await changeStorage(
      "UPDATE settings SET value = ? WHERE name = 'sealed_tokens'",
      JSON.stringify("v2.lost.AAAA.AAAA"),
    );
    const told = await report();
    expect(named(told, "access_token").status).toBe("failing");
    expect(named(told, "access_token").remediation).toContain("VAULT_KEY_BEFORE");
    expect(named(told, "rounding").status).toBe("ok");
  });
});

describe("the connection", () => {
  it.each([
    ["pending", "warning"],
    ["disabled", "failing"],
    ["not_connected", "failing"],
    [null, "failing"],
  ])("%s is %s", async (connection, status) => {
    await control("PUT", "connection", { status: connection });
    const told = await checkOf("connection");
    expect(told).toMatchObject({ status, measured: { status: connection } });
    expect(told.remediation).toBeTruthy();
  });

  it("of an organization without payment links is failing, and says where they are switched on", async () => {
    await control("PUT", "behaviour", { payment_links_feature: "missing" });
    const { status, remediation, measured } = await checkOf("connection");
    expect({ status, measured }).toEqual({ status: "failing", measured: { status: null, activated: false } });
    expect(remediation).toContain("https://app.qonto.com/deeplinks?action=payment_links.activate");
  });

  it("of a status that nobody knows yet is a warning", async () => {
    await breakOperation("getConnection", { unknown_enum: true });
    expect((await checkOf("connection")).status).toBe("warning");
  });

  it("that was enabled without a webhook lets the shop sell soon after a repair", async () => {
    await control("PUT", "connection", { status: "disabled" });
    await repair();
    await eventually(async () => expect(await connectionEvents()).toEqual(["disabled"]));
    await control("PUT", "connection", { status: "enabled" });
    expect((await errorOf(await pay({ publishable_key: KEY, product: "mug" }))).code).toBe("merchant_not_connected");
    expect(await checkOf("connection")).toMatchObject({
      status: "failing",
      remediation: expect.stringContaining("POST /v1/diagnostics/repair"),
    });
    await repair();
    await eventually(async () => expect(await connectionEvents()).toEqual(["disabled", "enabled"]));
    await checkoutFor({ product: "mug" });
  });
});

describe("the payment methods", () => {
  it("are those that are enabled", async () => {
    await control("PUT", "payment_methods", { enabled: ["credit_card", "ideal"] });
    expect(await checkOf("payment_methods")).toMatchObject({
      status: "ok",
      measured: { enabled: ["credit_card", "ideal"] },
    });
  });

  it("are failing where there is none", async () => {
    await control("PUT", "payment_methods", { enabled: [] });
    expect(await checkOf("payment_methods")).toMatchObject({ status: "failing", measured: { enabled: [] } });
  });
});

describe("the webhook subscription", () => {
  it("is there with every type and the address of this Worker", async () => {
    const { status, measured } = await checkOf("webhook_subscription");
    expect(status).toBe("ok");
    expect(measured).toEqual({
      expected_url: HERE,
      found: [{ url: HERE, types: ["v1/payment-links", "v1/payment-links-connections", "v1/consent-revocations"] }],
    });
  });

  it("that is gone is failing, and made again by a repair", async () => {
    for (const { id } of await subscriptions()) {
      await askQonto(`/v2/webhook_subscriptions/${id}`, { method: "DELETE" });
    }
    expect(await checkOf("webhook_subscription")).toMatchObject({ status: "failing", measured: { found: [] } });
    await repair();
    await eventually(async () => expect((await checkOf("webhook_subscription")).status).toBe("ok"));
  });

  it.each([
    ["one type less", { callback_url: HERE, types: ["v1/payment-links"] }],
    ["another address", { callback_url: "http://localhost:9999/elsewhere", types: ["v1/payment-links"] }],
  ])("that was changed to %s is failing, and changed back by a repair", async (_name, change) => {
    const id = (await subscriptions())[0]?.id;
    const secret = await webhookSecret();
    await askQonto(`/v2/webhook_subscriptions/${id}`, { method: "PUT", body: { ...change, secret } });
    const told = await checkOf("webhook_subscription");
    expect(told).toMatchObject({ status: "failing", measured: { found: [{ url: change.callback_url }] } });
    await repair();
    // Another address means another subscription: the one before goes once a webhook fits the new one.
    await eventually(async () => expect((await checkOf("webhook_subscription")).status).not.toBe("failing"));
    await deliverEvent(eventOf(0));
    await eventually(async () => expect((await checkOf("webhook_subscription")).status).toBe("ok"));
  });

  it("that does not tell of consents that are taken back is a warning, and repaired by a repair", async () => {
    const id = (await subscriptions())[0]?.id;
    const body = { callback_url: HERE, types: ["v1/payment-links", "v1/payment-links-connections"] };
    await askQonto(`/v2/webhook_subscriptions/${id}`, { method: "PUT", body });
    expect(await checkOf("webhook_subscription")).toMatchObject({
      status: "warning",
      message: expect.stringContaining("v1/consent-revocations"),
    });
    await repair();
    await eventually(async () => expect((await checkOf("webhook_subscription")).status).toBe("ok"));
  });

  it("that is there twice is a warning", async () => {
    const body = { callback_url: HERE, types: ["v1/payment-links", "v1/payment-links-connections"] };
    await askQonto("/v2/webhook_subscriptions", { method: "POST", body });
    expect((await checkOf("webhook_subscription")).status).toBe("warning");
  });
});

describe("the round trip of webhooks", () => {
  it("is measured from when Qonto says that it happened to when it came in", async () => {
    for (const age of [400, 5_000, 900]) await deliverEvent(eventOf(age));
    const { status, measured } = await checkOf("webhook_round_trip");
    expect(status).toBe("ok");
    expect(measured?.events).toBe(3);
    expect(measured?.median_ms).toBeGreaterThanOrEqual(900);
    expect(measured?.median_ms).toBeLessThan(5_000);
    expect(measured?.longest_ms).toBeGreaterThanOrEqual(5_000);
  });

  it("counts a webhook that is repeated once, and one without a time not at all", async () => {
    const event = eventOf(400);
    await deliverEvent(event);
    await deliverEvent(event);
    await deliverEvent({ ...event, id: crypto.randomUUID(), created_at: "yesterday" });
    expect((await checkOf("webhook_round_trip")).measured?.events).toBe(1);
  });

  it("is not said to be missing where webhooks come without a time of their own", async () => {
    await deliverEvent({ ...eventOf(400), created_at: "yesterday" });
    const { status, message, remediation, measured } = await checkOf("webhook_round_trip");
    expect({ status, remediation }).toEqual({ status: "ok", remediation: null });
    expect(message).toMatch(/^Webhooks come in\./);
    expect(measured).toMatchObject({ events: 0, last_received_at: expect.any(String), median_ms: null });
  });

  it("of minutes is a warning", async () => {
    await deliverEvent(eventOf(90_000));
    expect((await checkOf("webhook_round_trip")).status).toBe("warning");
  });

  it("that nobody has seen yet says how to cause one", async () => {
    const { status, message, remediation, measured } = await checkOf("webhook_round_trip");
    expect(status).toBe("warning");
    expect(remediation).toContain("Make a checkout");
    expect(message).toBe("No webhook has come in yet.");
    expect(measured).toEqual({ events: 0, last_received_at: null, median_ms: null, longest_ms: null });
  });

  it("that stopped is noticed by a link of which nothing came", async () => {
    await deliverEvent(eventOf(400));
    await checkoutFor({ product: "mug" });
    expect((await checkOf("webhook_round_trip")).status).toBe("ok");
    await letPass(6);
    const { status, remediation } = await checkOf("webhook_round_trip");
    expect(status).toBe("warning");
    expect(remediation).toContain("/webhooks/qonto/");
  });
});

describe("the clocks", () => {
  it("are one where they are seconds apart", async () => {
    moveOurClock(10_000);
    const { status, measured } = await checkOf("clock_skew");
    expect(status).toBe("ok");
    expect(measured?.skew_ms).toBeLessThan(-5_000);
    expect(measured?.skew_ms).toBeGreaterThan(-15_000);
  });

  it.each([
    [-45, "warning"],
    [60, "warning"],
    [-280, "failing"],
    [280, "failing"],
  ])("that are %i seconds apart are %s", async (seconds, status) => {
    moveOurClock(seconds * 1_000);
    expect((await checkOf("clock_skew")).status).toBe(status);
  });

  it("can't be compared where Qonto does not answer", async () => {
    for (const operation of Object.values(LIVE)) await breakOperation(operation, { drop: true, times: 0 });
    const told = await checkOf("clock_skew");
    expect(told.status).toBe("failing");
    expect(told.measured).toBeUndefined();
  });
});

describe("the rounding", () => {
  it("tells what the amounts so far have taught", async () => {
    expect((await checkOf("rounding")).measured).toMatchObject({ answers: 0, policies: { length: 10 } });
    await checkoutFor({ product: "mug" });
    expect(await checkOf("rounding")).toMatchObject({ status: "ok", measured: { answers: 1 } });
  });

  it("that no rule explains is a warning", async () => {
    await changeStorage(
      "INSERT OR REPLACE INTO settings (name, value) VALUES ('rounding', ?)",
      JSON.stringify({ policies: [], answers: 0 }),
    );
    expect((await checkOf("rounding")).status).toBe("warning");
  });
});

describe("open checkouts", () => {
  it("whose links wait to be read for too long are a warning, and are read after a repair", async () => {
    await checkoutFor({ product: "mug" });
    expect(await checkOf("late_reads")).toMatchObject({ status: "ok", measured: { open_checkouts: 1, late_reads: 0 } });
    await runInDurableObject(merchantObject(), async (_object, state) => {
      state.storage.sql.exec("UPDATE checkouts SET read_at = ?", Date.now() - 11 * 60_000);
      await state.storage.deleteAlarm();
    });
    expect(await checkOf("late_reads")).toMatchObject({ status: "warning", measured: { late_reads: 1 } });
    expect((await stored()).alarm).toBeNull();
    await repair();
    await eventually(async () => expect((await checkOf("late_reads")).status).toBe("ok"));
  });
});

describe("lost links", () => {
  it("are counted while they are looked for, and a warning where that does not end", async () => {
    await breakOperation("createPaymentLink", { amount_off_by: "0.01" });
    await breakOperation("deactivatePaymentLink", { status: 403, times: 0 });
    await checkoutFor({ product: "poster" }).catch(() => null);
    await eventually(async () => expect((await callsOf("deactivatePaymentLink")).length).toBeGreaterThan(0));
    expect(await checkOf("lost_links")).toMatchObject({ status: "ok", measured: { waiting: 1 } });
    await letPass(20);
    const { status, measured } = await checkOf("lost_links");
    expect(status).toBe("warning");
    expect(Date.now() - Date.parse(measured?.oldest_noted_at ?? "")).toBeGreaterThan(15 * 60_000);
  });
});

describe("the last errors", () => {
  it("are those of calls to Qonto, by operation and in our words, the same one once", async () => {
    expect((await checkOf("last_errors")).measured?.errors).toEqual([]);
    await breakOperation("createPaymentLink", { status: 400, code: "canary_code", times: 2 });
    for (let time = 0; time < 2; time += 1) await checkoutFor({ product: "mug" }).catch(() => null);
    await eventually(async () => expect((await checkOf("last_errors")).status).toBe("warning"));
    const { errors } = (await checkOf("last_errors")).measured ?? {};
    expect(errors?.filter(({ operation }) => operation === "createPaymentLink")).toEqual([
      {
        operation: "createPaymentLink",
        message: "Qonto answered 400 to createPaymentLink",
        cause: null,
        count: 2,
        first_at: expect.any(String),
        last_at: expect.any(String),
      },
    ]);
    await letPass(61);
    expect((await checkOf("last_errors")).status).toBe("ok");
  });

  it("are those of the token as well, and what is not there is none", async () => {
    await letPass(61);
    await breakOperation("createToken", { status: 500, times: 2 });
    await checkoutFor({ product: "mug" }).catch(() => null);
    expect((await callAsServer("GET", "payment_links/unknown")).status).toBe(404);
    const { errors } = (await checkOf("last_errors")).measured ?? {};
    expect(errors?.map(({ operation }) => operation)).toEqual(["createToken"]);
  });

  it("are ten different ones at most, and outlive the Worker", async () => {
    for (let status = 410; status <= 422; status += 1) {
      await breakOperation("getPaymentLink", { status });
      await callAsServer("GET", "payment_links/some");
    }
    await abortAllDurableObjects();
    const { errors = [] } = (await checkOf("last_errors")).measured ?? {};
    expect(errors).toHaveLength(10);
    expect(errors.map(({ message }) => message)).toContain("Qonto answered 422 to getPaymentLink");
    expect(errors.map(({ message }) => message)).not.toContain("Qonto answered 410 to getPaymentLink");
  });
});

describe("a Qonto that fails", () => {
  it("is silent: the answer does not wait for it, and each check that needed it says so", async () => {
    for (const operation of Object.values(LIVE)) {
      // After two quick failures, so that the third try alone would take too long.
      await breakOperation(operation, { status: 500, times: 2 });
      await breakOperation(operation, { delay_ms: 15_000, times: 0 });
    }
    const startedAt = Date.now();
    const told = await report();
    expect(Date.now() - startedAt).toBeLessThan(15_000);
    expect(told.healthy).toBe(false);
    for (const name of Object.keys(LIVE) as (keyof typeof LIVE)[]) {
      expect(named(told, name)).toMatchObject({
        status: "failing",
        remediation: expect.stringContaining("status page"),
      });
    }
    expect(named(told, "rounding").status).toBe("ok");
  });

  it.each(Object.entries(LIVE))("in what %s asks fails that check alone", async (name, operation) => {
    await breakOperation(operation, { status: 403, times: 0 });
    const { checks } = await report();
    expect(checks.filter(({ status }) => status === "failing").map((found) => found.name)).toEqual([name]);
  });

  it("has none of its texts told, and no secret is", async () => {
    const secret = await webhookSecret();
    const texts: string[] = [];
    const tell = async () => texts.push(await (await callAsServer("GET", "diagnostics")).text());
    for (const fault of [{ status: 400, code: "canary_code" }, { body: "html" }, { body: "malformed_json" }]) {
      for (const operation of Object.values(LIVE)) await breakOperation(operation, { ...fault, times: 3 });
      await tell();
      await tell();
      await control("DELETE", "faults");
    }
    const body = JSON.stringify({ ...eventOf(400), canary: "canary" });
    await deliver(body, await sign(body, secret));
    await checkoutFor({ product: "mug" });
    await tell();
    const settings = env as unknown as Record<string, string>;
    const secrets = [
      secret,
      secretKeyOf("demo"),
      adminKey,
      settings["QONTO_CLIENT_SECRET"] ?? "",
      settings["QONTO_STAGING_TOKEN"] ?? "",
      settings["VAULT_KEY"] ?? "",
      "Bearer",
      "v2.",
      "canary",
      "<html",
      "IBAN",
    ];
    expect(texts).toHaveLength(7);
    for (const text of texts) for (const one of secrets) expect(text).not.toContain(one);
  });
});
