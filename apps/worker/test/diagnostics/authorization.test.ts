import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { administer, letPass } from "../support/connect.ts";
import { checkOf, eventOf, named, report } from "../support/diagnostics.ts";
import { breakOperation, control } from "../support/sandbox.ts";
import { openShop } from "../support/shop.ts";
import { deliverEvent } from "../support/webhook.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

describe("the consent", () => {
  it("is reported with its age", async () => {
    await letPass(60 * 24 * 3);
    await deliverEvent(eventOf(0));
    // A call renews it. The report shows the state after that.
    const { status, measured } = await checkOf("consent");
    expect(status).toBe("ok");
    expect(measured).toMatchObject({ days_since_refresh: 0, needs_reconnect: null });
    expect(Date.parse(measured?.refreshed_at ?? "") - Date.parse(measured?.given_at ?? "")).toBeGreaterThan(86_400_000);
  });

  it("is failing if it was revoked, with the request for a new connect link as remediation", async () => {
    const healthy = await report();
    await control("POST", "revoke");
    const told = await report();
    expect(named(told, "consent")).toMatchObject({ status: "failing", measured: { needs_reconnect: "revoked" } });
    expect(named(told, "consent").remediation).toContain("POST http://localhost:8787/v1/merchants/demo/connect_link");
    for (const name of ["access_token", "connection", "payment_methods", "webhook_subscription"] as const) {
      expect(named(told, name)).toMatchObject({ status: "failing", remediation: named(told, "consent").remediation });
    }
    expect(told.checks).toHaveLength(healthy.checks.length);
  });

  it("is a warning before it ends if it can't be renewed", async () => {
    await breakOperation("createToken", { status: 500, times: 0 });
    await letPass(60 * 24 * 76);
    const { status, message, remediation, measured } = await checkOf("consent");
    expect(measured).toMatchObject({ days_since_refresh: 76, needs_reconnect: "expiring" });
    expect(status).toBe("warning");
    expect(message).toContain("ends in 14");
    expect(remediation).toContain("connect_link");
  });

  it("is failing after the merchant was disconnected", async () => {
    await administer("POST", "/v1/merchants/demo/disconnect");
    const told = await report();
    expect(named(told, "consent")).toMatchObject({ status: "failing", measured: { given_at: null } });
    expect(named(told, "connection").status).toBe("failing");
  });
});
