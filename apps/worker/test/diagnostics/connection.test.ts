import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkOf, repair } from "../support/diagnostics.ts";
import { eventually } from "../support/eventually.ts";
import { breakOperation, control } from "../support/sandbox.ts";
import { toldEvents } from "../support/server.ts";
import { checkoutFor, errorOf, KEY, openShop, pay } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
});

/** Returns the connection statuses of the merchant's events, without the first one. */
async function connectionEvents(): Promise<readonly (string | undefined)[]> {
  const events = await toldEvents();
  return events.filter(({ type }) => type === "connection.changed").map(({ data }) => data.connection?.status);
}

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

  it("is failing for an organization without payment links, with the address of their activation", async () => {
    await control("PUT", "behaviour", { payment_links_feature: "missing" });
    const { status, remediation, measured } = await checkOf("connection");
    expect({ status, measured }).toEqual({ status: "failing", measured: { status: null, activated: false } });
    expect(remediation).toContain("https://app.qonto.com/deeplinks?action=payment_links.activate");
  });

  it("is a warning for an unknown status", async () => {
    await breakOperation("getConnection", { unknown_enum: true });
    expect((await checkOf("connection")).status).toBe("warning");
  });

  it("takes payments soon after a repair if it was enabled without a webhook", async () => {
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
  it("are ok and listed if any is enabled", async () => {
    await control("PUT", "payment_methods", { enabled: ["credit_card", "ideal"] });
    expect(await checkOf("payment_methods")).toMatchObject({
      status: "ok",
      measured: { enabled: ["credit_card", "ideal"] },
    });
  });

  it("are failing if none is enabled", async () => {
    await control("PUT", "payment_methods", { enabled: [] });
    expect(await checkOf("payment_methods")).toMatchObject({ status: "failing", measured: { enabled: [] } });
  });
});
