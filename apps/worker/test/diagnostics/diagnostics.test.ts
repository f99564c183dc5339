import { env } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { changeStorage, checkOf, eventOf, LIVE, named, report, stored, subscriptions } from "../support/diagnostics.ts";
import { untilAtRest } from "../support/object/merchant-object.ts";
import { askQonto, breakOperation, control, sandboxUrl, webhookSecret } from "../support/sandbox.ts";
import { callAsServer } from "../support/server.ts";
import { adminKey, checkoutFor, errorOf, openShop, secretKeyOf } from "../support/shop.ts";
import { deliver, deliverEvent, sign } from "../support/webhook.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

describe("diagnostics", () => {
  it("report a shop that takes payments as healthy", async () => {
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
      "flood",
      "storage",
      "last_errors",
    ]);
  });

  it("give a remediation for each check that is not ok, and stay healthy with warnings alone", async () => {
    const { healthy, checks } = await report();
    expect(checks.filter(({ status }) => status === "warning").map(({ name }) => name)).toEqual(["webhook_round_trip"]);
    expect(healthy).toBe(true);
    await control("PUT", "connection", { status: null });
    const sick = await report();
    expect(sick.healthy).toBe(false);
    for (const { status, remediation } of sick.checks) expect(remediation === null).toBe(status === "ok");
    expect(checks.length).toBe(sick.checks.length);
  });

  it("change neither the stored data nor the next alarm", async () => {
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

  it("take no query parameters, and require a secret key", async () => {
    const asked = await callAsServer("GET", "diagnostics?verbose=1");
    expect(asked.status).toBe(422);
    expect((await errorOf(asked)).param).toBe("verbose");
    expect((await callAsServer("GET", "diagnostics", { key: "pk_sandbox_demo" })).status).toBe(401);
  });

  it("report which Qonto the deployment uses", async () => {
    expect((await checkOf("key_environment")).measured).toEqual({
      environment: "sandbox",
      qonto_host: new URL(sandboxUrl).host,
    });
  });
});

describe("a failing Qonto", () => {
  it("that does not answer does not delay the report, and each check that needs it is failing", async () => {
    for (const operation of Object.values(LIVE)) {
      // After two quick failures, so that only the third try takes too long.
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

  it.each(Object.entries(LIVE))("in the call of %s makes only that check failing", async (name, operation) => {
    await breakOperation(operation, { status: 403, times: 0 });
    const { checks } = await report();
    expect(checks.filter(({ status }) => status === "failing").map((found) => found.name)).toEqual([name]);
  });

  it("leaks neither its texts nor a secret into the report", async () => {
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
