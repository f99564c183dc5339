import { abortAllDurableObjects } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  anotherLink,
  askConsent,
  begin,
  beginAnew,
  Browser,
  CONNECT,
  connectMerchant,
  consentAtQonto,
  createMerchant,
  decide,
  letPass,
  newBrowser,
  problemOf,
  STEPS,
  stepFor,
} from "../support/connect.ts";
import { changeDatabase } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, control } from "../support/sandbox.ts";
import { KEY, pay, SHOP, saveProduct } from "../support/shop.ts";

beforeEach(beginAnew);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const MUG = {
  title: "Mug",
  price: { value: "10.99", currency: "EUR" },
  tax_behavior: "exclusive",
  vat_rate: "21.0",
};

describe("the consent", () => {
  it("is requested with a state, a PKCE challenge and every scope", async () => {
    const page = await askConsent(await newBrowser(), "demo");
    const query = Object.fromEntries(page.searchParams);
    expect(query).toEqual({
      response_type: "code",
      client_id: "sandbox-client",
      redirect_uri: `${CONNECT}/oauth/callback`,
      scope: "offline_access organization.read payment_link.read payment_link.write webhook",
      state: expect.stringMatching(/^demo\.[A-Za-z0-9_-]{43}$/),
      code_challenge: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      code_challenge_method: "S256",
    });
  });

  it("changes nothing if it was denied, and can be given afterwards", async () => {
    const browser = await newBrowser();
    const refused = await browser.get(await decide(await askConsent(browser, "demo"), "refuse"));
    expect(await problemOf(refused)).toEqual({ status: 403, code: "authorization_denied" });
    expect(await stepFor(browser)).toBe(STEPS.consent);
    await consentAtQonto(browser, "demo");
    expect(await stepFor(browser)).toBe(STEPS.connected);
  });

  it("can be requested in several tabs, and each answer is valid once", async () => {
    const browser = await newBrowser();
    const [first, second] = [await askConsent(browser, "demo"), await askConsent(browser, "demo")];
    const back = await decide(first, "allow");
    expect((await browser.get(back)).status).toBe(303);
    expect(await problemOf(await browser.get(back))).toEqual({ status: 400, code: "invalid_authorization" });
    expect((await browser.get(await decide(second, "allow"))).status).toBe(303);
    expect(await callsOf("createToken")).toHaveLength(2);
  });

  it("is accepted only in the browser that requested it", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    const browser = await begin(connect_url);
    const back = await decide(await askConsent(browser, "demo"), "allow");
    expect(await problemOf(await new Browser().get(back))).toMatchObject({ status: 403 });
    const other = await begin(await anotherLink());
    expect(await problemOf(await other.get(back))).toEqual({ status: 400, code: "invalid_authorization" });
    expect((await browser.get(back)).status).toBe(303);
  });

  it("of one merchant is not accepted for another", async () => {
    const browser = await newBrowser("demo");
    const state = (await askConsent(browser, "demo")).searchParams.get("state") ?? "";
    const other = await newBrowser("other");
    const swapped = await other.get(`/oauth/callback?code=c&state=${state.replace("demo.", "other.")}`);
    expect(await problemOf(swapped)).toEqual({ status: 400, code: "invalid_authorization" });
  });

  it.each([
    ["no state", "code=c"],
    ["a state of no merchant", "code=c&state=unknown"],
    ["a state that was never issued", `code=c&state=demo.${"a".repeat(43)}`],
  ])("with %s is rejected", async (_name, query) => {
    const browser = await newBrowser();
    expect(await problemOf(await browser.get(`/oauth/callback?${query}`))).toEqual({
      status: 400,
      code: "invalid_authorization",
    });
    expect(await callsOf("createToken")).toEqual([]);
  });

  it("is rejected after 10 minutes", async () => {
    const browser = await newBrowser();
    const page = await askConsent(browser, "demo");
    await letPass(11);
    expect(await problemOf(await browser.get(await decide(page, "allow")))).toMatchObject({
      code: "invalid_authorization",
    });
    await consentAtQonto(browser, "demo");
    expect(await stepFor(browser)).toBe(STEPS.connected);
  });

  it.each([
    ["a code that Qonto does not know", "code=wrong", 400, "invalid_authorization"],
    ["an error at Qonto", "error=server_error", 502, "authorization_failed"],
    ["neither code nor error", "x=y", 502, "authorization_failed"],
  ])("with %s changes nothing", async (_name, answer, status, code) => {
    const browser = await newBrowser();
    const state = (await askConsent(browser, "demo")).searchParams.get("state");
    expect(await problemOf(await browser.get(`/oauth/callback?${answer}&state=${state}`))).toEqual({ status, code });
    expect(await stepFor(browser)).toBe(STEPS.consent);
  });

  it.each([
    ["createToken", { status: 500 }, 503, "qonto_unavailable"],
    ["createToken", { status: 429 }, 503, "qonto_rate_limited"],
    ["createToken", { status: 401 }, 502, "authorization_failed"],
    ["getOrganization", { status: 500, times: 0 }, 503, "qonto_unavailable"],
    ["getOrganization", { status: 403 }, 502, "authorization_failed"],
  ])("is not stored partially when %s fails with %o", async (operation, fault, status, code) => {
    const browser = await newBrowser();
    await breakOperation(operation, fault);
    expect(await problemOf(await consentAtQonto(browser, "demo"))).toEqual({ status, code });
    await control("DELETE", "faults");
    expect(await stepFor(browser)).toBe(STEPS.consent);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    await consentAtQonto(browser, "demo");
    expect(await stepFor(browser)).toBe(STEPS.connected);
  });

  it("is stored although all later calls to Qonto failed", async () => {
    const browser = await newBrowser();
    for (const operation of ["getConnection", "listWebhookSubscriptions"]) {
      await breakOperation(operation, { status: 500, times: 0 });
    }
    expect((await consentAtQonto(browser, "demo")).status).toBe(303);
    await control("DELETE", "faults");
    expect(await stepFor(browser)).toBe(STEPS.connected);
  });

  it("survives a restart of the Worker between request and answer", async () => {
    const browser = await newBrowser();
    const page = await askConsent(browser, "demo");
    await abortAllDurableObjects();
    expect((await browser.get(await decide(page, "allow"))).status).toBe(303);
  });
});

describe("reauthorization", () => {
  it("is requested after the consent was revoked, and preselects the organization", async () => {
    const browser = await newBrowser();
    await consentAtQonto(browser, "demo");
    await control("POST", "revoke");
    const page = await (await browser.get("/connect/demo")).text();
    expect(page).toContain("no longer accepts your consent");
    expect(page).toContain("<strong>Abacate Organization</strong>");
    const asked = await askConsent(browser, "demo");
    expect(asked.searchParams.get("organization_id")).toBe("5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e01");
    await browser.get(await decide(asked, "allow"));
    expect(await stepFor(browser)).toBe(STEPS.connected);
  });

  it("is requested before the consent ends", async () => {
    const { secret_key } = await connectMerchant("demo", [SHOP]);
    expect(secret_key).toMatch(/^sk_/);
    const browser = await begin(await anotherLink());
    await letPass(76 * 24 * 60);
    const again = await begin(await anotherLink(), browser);
    expect(await (await again.get("/connect/demo")).text()).toContain("ends soon");
  });

  it("with another organization is rejected, and the previous consent stays", async () => {
    const { secret_key } = await connectMerchant("demo", [SHOP]);
    await saveProduct("mug", MUG, secret_key);
    await changeDatabase(({ sql }) => {
      const known = JSON.stringify({ id: "another", name: "Old Bakery" });
      sql.exec("UPDATE settings SET value = ? WHERE name = 'organization'", known);
    });
    const browser = await begin(await anotherLink());
    const asked = await askConsent(browser, "demo");
    // The merchant chooses another organization than the preselected one.
    asked.searchParams.delete("organization_id");
    const response = await browser.get(await decide(asked, "allow"));
    expect(response.status).toBe(409);
    const text = await response.text();
    expect(text).toContain("organization_mismatch");
    expect(text).toContain("Old Bakery");
    expect((await callsOf("revokeToken")).map((call) => call.status)).toEqual([200]);
    expect((await pay({ publishable_key: KEY, product: "mug" })).status).toBe(201);
  });
});
