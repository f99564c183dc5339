import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { askConsent, consentAtQonto, newBrowser, problemOf } from "../support/connect.ts";
import { payForMug, watchLog } from "../support/oauth-outage.ts";
import { breakOperation, control } from "../support/sandbox.ts";
import { openShop } from "../support/shop.ts";

beforeEach(openShop);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
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
    ["is replaced by another server", { body: "html" }, "QONTO_STAGING_TOKEN"],
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

it("a failed call is logged without any text of Qonto", async () => {
  await breakOperation("createPaymentLink", { status: 400, code: "canary_code" });
  const log = watchLog();
  await payForMug();
  expect(log.codes()).toContain("qonto_call_failed");
  expect(log.text()).not.toContain("canary");
});
