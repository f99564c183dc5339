import { abortAllDurableObjects, env, runInDurableObject, SELF } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  adminKey,
  askConsent,
  begin,
  beginAnew,
  Browser,
  BUSINESS,
  CONNECT,
  connectMerchant,
  consentAtQonto,
  createMerchant,
  decide,
  finishAtProvider,
  headingOf,
  problemOf,
} from "./support/connect.ts";
import { merchantObject } from "./support/merchant-object.ts";
import { breakOperation, callsOf, control, webhookSecret } from "./support/sandbox.ts";
import { checkoutFor, KEY, pay, SHOP, saveProduct } from "./support/shop.ts";

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

/** Later, here and at Qonto. */
async function letPass(minutes: number): Promise<void> {
  await control("POST", "clock", { advance_seconds: minutes * 60 });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + minutes * 60_000 });
}

async function newBrowser(merchant = "demo"): Promise<Browser> {
  return begin((await createMerchant(merchant, [SHOP])).connect_url);
}

async function stepFor(browser: Browser): Promise<string> {
  return headingOf(await browser.get("/connect/demo"));
}

async function eventsOf(secretKey: string): Promise<readonly string[]> {
  const response = await SELF.fetch(`${CONNECT}/v1/events`, { headers: { Authorization: `Bearer ${secretKey}` } });
  const { events } = await response.json<{ events: readonly { type: string }[] }>();
  return events.map(({ type }) => type);
}

const CONSENT = "Connect your Qonto account";
const BUSINESS_STEP = "Tell the payment provider about your business";
const CONNECTED = "You can take payments";

it("a new merchant gets from the link to a paid checkout", async () => {
  await control("PUT", "connection", { status: null });
  const { connect_url, secret_key } = await createMerchant("demo", [SHOP]);
  const browser = await begin(connect_url);
  expect(await stepFor(browser)).toBe(CONSENT);

  expect((await consentAtQonto(browser, "demo")).headers.get("Location")).toBe("/connect/demo");
  const form = await (await browser.get("/connect/demo")).text();
  expect(form).toContain("FR76 1695 8000 0100 0000 0000 237");
  expect(form).toContain("Abacate Organization");

  const sent = await browser.post("/connect/demo/connection", BUSINESS);
  const back = await finishAtProvider(sent.headers.get("Location") ?? "", "enabled");
  expect(back).toBe(`${CONNECT}/connect/demo`);
  const done = await (await browser.get(back)).text();
  for (const text of [CONNECTED, "Online sales", "Credit card, Apple Pay", `key="${KEY}"`])
    expect(done).toContain(text);

  await saveProduct("mug", MUG, secret_key);
  expect((await checkoutFor({ product: "mug" })).amount.value).toBe("13.30");
  expect(await eventsOf(secret_key)).toEqual(["consent.given", "connection.changed", "connection.changed"]);
});

describe("the link", () => {
  it("is not used up by being opened, as by who scans mails", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    for (let time = 0; time < 3; time += 1) {
      expect(await headingOf(await new Browser().get(connect_url))).toBe("Get paid by Qonto payment links");
    }
    await begin(connect_url);
  });

  it("is good once, and shows the step that is due where it was used", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    const browser = await begin(connect_url);
    expect((await browser.get(connect_url)).headers.get("Location")).toBe("/connect/demo");
    expect(await stepFor(browser)).toBe(CONSENT);
    const other = new Browser();
    expect(await problemOf(await other.get(connect_url))).toEqual({ status: 404, code: "connect_link_not_valid" });
    const token = new URL(connect_url).searchParams.get("token") ?? "";
    const replayed = await other.post("/connect/demo", { token });
    expect(await problemOf(replayed)).toEqual({ status: 404, code: "connect_link_not_valid" });
    expect(await problemOf(await other.get("/connect/demo"))).toMatchObject({ status: 404 });
  });

  it("survives a double click", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    const browser = new Browser();
    await browser.get(connect_url);
    const token = new URL(connect_url).searchParams.get("token") ?? "";
    const both = await Promise.all([
      browser.post("/connect/demo", { token }),
      browser.post("/connect/demo", { token }),
    ]);
    expect(both.map((response) => response.headers.get("Location"))).toEqual(["/connect/demo", "/connect/demo"]);
    expect(await stepFor(browser)).toBe(CONSENT);
  });

  it("ends after 7 days", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    await letPass(7 * 24 * 60 + 1);
    expect(await problemOf(await new Browser().get(connect_url))).toEqual({
      status: 404,
      code: "connect_link_not_valid",
    });
  });

  it("of one merchant lets nobody connect another", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    await createMerchant("other", [SHOP]);
    const token = new URL(connect_url).searchParams.get("token") ?? "";
    const browser = new Browser();
    expect(await problemOf(await browser.get(`/connect/other?token=${token}`))).toMatchObject({ status: 404 });
    expect(await problemOf(await browser.post("/connect/other", { token }))).toMatchObject({ status: 404 });
    await begin(connect_url);
  });
});

describe("the session", () => {
  it("is a cookie that no script, no other host and no request from elsewhere gets at", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    const token = new URL(connect_url).searchParams.get("token") ?? "";
    const response = await new Browser().post("/connect/demo", { token });
    expect(response.headers.get("Set-Cookie")).toMatch(
      /^__Host-qonto-pay-connect=demo\.[A-Za-z0-9_-]{43}; Max-Age=86400; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
    );
    expect(response.headers.get("Location")).toBe("/connect/demo");
  });

  it("ends after 24 hours", async () => {
    const browser = await newBrowser();
    await letPass(24 * 60 + 1);
    expect(await problemOf(await browser.get("/connect/demo"))).toEqual({
      status: 403,
      code: "connect_session_not_valid",
    });
  });

  it("of one merchant is none of another", async () => {
    const browser = await newBrowser("demo");
    await createMerchant("other", [SHOP]);
    const asOther = { Cookie: browser.cookie.replace("=demo.", "=other."), Origin: CONNECT };
    for (const headers of [{ Cookie: browser.cookie, Origin: CONNECT }, asOther]) {
      const response = await new Browser().post("/connect/other/consent", {}, headers);
      expect(await problemOf(response)).toEqual({ status: 403, code: "connect_session_not_valid" });
    }
  });

  it.each(["/connect/demo", "/connect/demo/consent", "/connect/demo/connection"])(
    "is of no use to a form of another site: %s",
    async (path) => {
      const browser = await newBrowser();
      for (const headers of [
        {},
        { Origin: "null" },
        { Origin: "https://evil.example" },
        { Origin: `${CONNECT}.evil` },
      ]) {
        const response = await browser.post(path, BUSINESS, headers);
        expect(await problemOf(response)).toEqual({ status: 403, code: "origin_not_allowed" });
      }
      expect(await callsOf("createConnection")).toEqual([]);
    },
  );

  it.each(["/connect/demo/consent", "/connect/demo/connection"])("is needed for %s", async (path) => {
    await newBrowser();
    expect(await problemOf(await new Browser().post(path, BUSINESS))).toEqual({
      status: 403,
      code: "connect_session_not_valid",
    });
  });

  it("shows the step that is due when a form's address is opened", async () => {
    const browser = await newBrowser();
    for (const path of ["/connect/demo/consent", "/connect/demo/connection"]) {
      expect((await browser.get(path)).headers.get("Location")).toBe("/connect/demo");
    }
  });
});

describe("the consent", () => {
  it("is asked for with a state, a PKCE challenge and every scope", async () => {
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

  it("that was refused changes nothing, and can be given afterwards", async () => {
    const browser = await newBrowser();
    const refused = await browser.get(await decide(await askConsent(browser, "demo"), "refuse"));
    expect(await problemOf(refused)).toEqual({ status: 403, code: "consent_refused" });
    expect(await stepFor(browser)).toBe(CONSENT);
    await consentAtQonto(browser, "demo");
    expect(await stepFor(browser)).toBe(CONNECTED);
  });

  it("may be asked for in several tabs, and each answer is good once", async () => {
    const browser = await newBrowser();
    const [first, second] = [await askConsent(browser, "demo"), await askConsent(browser, "demo")];
    const back = await decide(first, "allow");
    expect((await browser.get(back)).status).toBe(303);
    expect(await problemOf(await browser.get(back))).toEqual({ status: 400, code: "consent_not_valid" });
    expect((await browser.get(await decide(second, "allow"))).status).toBe(303);
    expect(await callsOf("createToken")).toHaveLength(2);
  });

  it("is taken in the browser that asked for it only", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    const browser = await begin(connect_url);
    const back = await decide(await askConsent(browser, "demo"), "allow");
    expect(await problemOf(await new Browser().get(back))).toMatchObject({ status: 403 });
    const response = await SELF.fetch(`${CONNECT}/v1/merchants/demo/connect_link`, {
      method: "POST",
      headers: { Authorization: `Bearer ${adminKey}` },
    });
    const other = await begin((await response.json<{ connect_url: string }>()).connect_url);
    expect(await problemOf(await other.get(back))).toEqual({ status: 400, code: "consent_not_valid" });
    expect((await browser.get(back)).status).toBe(303);
  });

  it("of one merchant is not taken for another", async () => {
    const browser = await newBrowser("demo");
    const state = (await askConsent(browser, "demo")).searchParams.get("state") ?? "";
    const other = await newBrowser("other");
    const swapped = await other.get(`/oauth/callback?code=c&state=${state.replace("demo.", "other.")}`);
    expect(await problemOf(swapped)).toEqual({ status: 400, code: "consent_not_valid" });
  });

  it.each([
    ["no state", "code=c"],
    ["a state of nobody's", "code=c&state=nobody"],
    ["a state that was never made", `code=c&state=demo.${"a".repeat(43)}`],
  ])("with %s is refused", async (_name, query) => {
    const browser = await newBrowser();
    expect(await problemOf(await browser.get(`/oauth/callback?${query}`))).toEqual({
      status: 400,
      code: "consent_not_valid",
    });
    expect(await callsOf("createToken")).toEqual([]);
  });

  it("is not waited for longer than 10 minutes", async () => {
    const browser = await newBrowser();
    const page = await askConsent(browser, "demo");
    await letPass(11);
    expect(await problemOf(await browser.get(await decide(page, "allow")))).toMatchObject({
      code: "consent_not_valid",
    });
    await consentAtQonto(browser, "demo");
    expect(await stepFor(browser)).toBe(CONNECTED);
  });

  it.each([
    ["a code that Qonto does not know", "code=wrong", 400, "consent_not_valid"],
    ["a failure of Qonto's", "error=server_error", 502, "consent_failed"],
    ["neither", "x=y", 502, "consent_failed"],
  ])("with %s changes nothing", async (_name, answer, status, code) => {
    const browser = await newBrowser();
    const state = (await askConsent(browser, "demo")).searchParams.get("state");
    expect(await problemOf(await browser.get(`/oauth/callback?${answer}&state=${state}`))).toEqual({ status, code });
    expect(await stepFor(browser)).toBe(CONSENT);
  });

  it.each([
    ["createToken", { status: 500 }, 503, "qonto_unavailable"],
    ["createToken", { status: 429 }, 503, "qonto_rate_limited"],
    ["createToken", { status: 401 }, 502, "consent_failed"],
    ["getOrganization", { status: 500, times: 0 }, 503, "qonto_unavailable"],
    ["getOrganization", { status: 403 }, 502, "consent_failed"],
  ])("is not kept by halves when %s fails with %o", async (operation, fault, status, code) => {
    const browser = await newBrowser();
    await breakOperation(operation, fault);
    expect(await problemOf(await consentAtQonto(browser, "demo"))).toEqual({ status, code });
    await control("DELETE", "faults");
    expect(await stepFor(browser)).toBe(CONSENT);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61_000 });
    await consentAtQonto(browser, "demo");
    expect(await stepFor(browser)).toBe(CONNECTED);
  });

  it("holds although nothing else could be asked of Qonto", async () => {
    const browser = await newBrowser();
    for (const operation of ["getConnection", "listWebhookSubscriptions"]) {
      await breakOperation(operation, { status: 500, times: 0 });
    }
    expect((await consentAtQonto(browser, "demo")).status).toBe(303);
    await control("DELETE", "faults");
    expect(await stepFor(browser)).toBe(CONNECTED);
  });

  it("outlives a Worker that dies between asking and answer", async () => {
    const browser = await newBrowser();
    const page = await askConsent(browser, "demo");
    await abortAllDurableObjects();
    expect((await browser.get(await decide(page, "allow"))).status).toBe(303);
  });
});

describe("connecting again", () => {
  it("is asked for when the consent was withdrawn, and preselects the organization", async () => {
    const browser = await newBrowser();
    await consentAtQonto(browser, "demo");
    await control("POST", "revoke");
    const page = await (await browser.get("/connect/demo")).text();
    expect(page).toContain("no longer accepts the consent");
    expect(page).toContain("<strong>Abacate Organization</strong>");
    const asked = await askConsent(browser, "demo");
    expect(asked.searchParams.get("organization_id")).toBe("5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e01");
    await browser.get(await decide(asked, "allow"));
    expect(await stepFor(browser)).toBe(CONNECTED);
  });

  it("is asked for before the consent ends", async () => {
    const { secret_key } = await connectMerchant("demo", [SHOP]);
    expect(secret_key).toMatch(/^sk_/);
    const browser = await begin(await anotherLink());
    await letPass(76 * 24 * 60);
    const again = await begin(await anotherLink(), browser);
    expect(await (await again.get("/connect/demo")).text()).toContain("ends soon");
  });

  it("with another organization is refused, and what was stays", async () => {
    const { secret_key } = await connectMerchant("demo", [SHOP]);
    await saveProduct("mug", MUG, secret_key);
    await runInDurableObject(merchantObject(), (_object, state) => {
      const known = JSON.stringify({ id: "another", name: "Old Bakery" });
      state.storage.sql.exec("UPDATE settings SET value = ? WHERE name = 'organization'", known);
    });
    const browser = await begin(await anotherLink());
    const asked = await askConsent(browser, "demo");
    // The merchant chooses another one than the one that was preselected.
    asked.searchParams.delete("organization_id");
    const response = await browser.get(await decide(asked, "allow"));
    expect(response.status).toBe(409);
    const text = await response.text();
    expect(text).toContain("another_organization");
    expect(text).toContain("Old Bakery");
    expect((await callsOf("revokeToken")).map((call) => call.status)).toEqual([200]);
    expect((await pay({ key: KEY, product: "mug" })).status).toBe(201);
  });

  async function anotherLink(): Promise<string> {
    const response = await SELF.fetch(`${CONNECT}/v1/merchants/demo/connect_link`, {
      method: "POST",
      headers: { Authorization: `Bearer ${adminKey}` },
    });
    return (await response.json<{ connect_url: string }>()).connect_url;
  }
});

describe("the payment provider", () => {
  let browser: Browser;
  beforeEach(async () => {
    await control("PUT", "connection", { status: null });
    browser = await newBrowser();
    await consentAtQonto(browser, "demo");
  });

  const send = (form: Readonly<Record<string, string>> = {}) =>
    browser.post("/connect/demo/connection", { ...BUSINESS, ...form });

  it.each([
    ["no number", { phone: "" }, "phone"],
    ["a national number", { phone: "06 12 34 56 78" }, "phone"],
    ["an address with @", { website: "https://user@shop.example" }, "website"],
    ["another scheme", { website: "ftp://shop.example" }, "website"],
    ["an address of 256 characters", { website: `https://shop.example/${"a".repeat(235)}` }, "website"],
    ["79 characters", { description: ` ${"d".repeat(79)} ` }, "description"],
    ["79 characters, one of which JavaScript counts as two", { description: `🥐${"d".repeat(78)}` }, "description"],
    ["another bank account", { bank_account: "5e1f1a6e-6b0c-4c39-9d5f-000000000000" }, "bank_account"],
    ["no bank account", { bank_account: "" }, "bank_account"],
  ])("is not asked with %s: the field says so, and the others are kept", async (_name, form, field) => {
    const response = await send(form);
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain(`id="${field}-error"`);
    expect(page.match(/id="\w+-error"/g)).toHaveLength(1);
    expect(page).toMatch(new RegExp(`aria-describedby="${field}-hint ${field}-error"`));
    for (const [name, value] of Object.entries({ ...BUSINESS, ...form })) {
      if (name !== "bank_account") expect(page).toContain(value);
    }
    expect(await callsOf("createConnection")).toEqual([]);
  });

  it("is sent what people write, in the form that Qonto takes", async () => {
    await send({
      phone: "0033 (6) 12.34-56 78",
      website: " shop.example ",
      description: `${BUSINESS.description}\r\n`,
    });
    expect((await callsOf("createConnection"))[0]?.body).toEqual({
      partner_callback_url: `${CONNECT}/connect/demo`,
      user_bank_account_id: BUSINESS.bank_account,
      user_phone_number: "+33612345678",
      user_website_url: "https://shop.example",
      business_description: BUSINESS.description,
    });
  });

  it("shows nothing of what was typed as markup", async () => {
    const page = await (await send({ phone: '"><script>alert(1)</script>', description: "</textarea><b>" })).text();
    expect(page).not.toContain("<script>");
    expect(page).not.toContain("</textarea><b>");
  });

  it.each([
    ["pending", "The payment provider is not done yet"],
    ["disabled", "The payment provider has disabled the connection"],
    ["enabled", CONNECTED],
  ] as const)("left with %s is shown as that", async (outcome, heading) => {
    const back = await finishAtProvider((await send()).headers.get("Location") ?? "", outcome);
    expect(await headingOf(await browser.get(back))).toBe(heading);
  });

  it("that was left half-way is gone on with, also after another form", async () => {
    const first = (await send()).headers.get("Location");
    const page = await (await browser.get("/connect/demo")).text();
    expect(page).toContain("Finish at the payment provider");
    expect(page).toContain(`href="${first}"`);
    const second = await send();
    expect(second.headers.get("Location")).toBe(first);
  });

  it("with a connection that is there already uses it", async () => {
    await control("PUT", "connection", { status: "enabled" });
    expect((await send()).headers.get("Location")).toBe(`${CONNECT}/connect/demo`);
    expect(await stepFor(browser)).toBe(CONNECTED);
  });

  it("is found although Qonto's answer was lost", async () => {
    await breakOperation("createConnection", { drop: true, when: "after" });
    expect((await send()).headers.get("Location")).toContain("/onboarding/");
    expect(await callsOf("createConnection")).toHaveLength(1);
  });

  it.each([
    [{ status: 400, code: "canary_code" }, 502, "did not accept"],
    [{ status: 500 }, 503, "be reached"],
  ])("that Qonto answers with %o keeps the form", async (fault, status, text) => {
    await breakOperation("createConnection", fault);
    const response = await send();
    expect(response.status).toBe(status);
    const page = await response.text();
    expect(page).toContain(text);
    expect(page).toContain(BUSINESS.description);
    expect(page).not.toContain("canary");
    expect((await send()).status).toBe(303);
  });

  it("at an address that is not allowed is not gone to, and the operator reads why", async () => {
    const lines: string[] = [];
    vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
    const settings = env as unknown as Record<string, string>;
    const allowed = settings["QONTO_PROVIDER_HOSTS"] ?? "";
    settings["QONTO_PROVIDER_HOSTS"] = "provider.example";
    try {
      await abortAllDurableObjects();
      const problem = { status: 502, code: "provider_url_not_allowed" };
      expect(await problemOf(await send())).toEqual(problem);
      expect(await problemOf(await browser.get("/connect/demo"))).toEqual(problem);
      expect(lines.join()).toContain("QONTO_PROVIDER_HOSTS");
    } finally {
      settings["QONTO_PROVIDER_HOSTS"] = allowed;
    }
  });

  it("is shown as it was while Qonto can't be asked", async () => {
    await send();
    await breakOperation("getConnection", { status: 500, times: 0 });
    const page = await (await browser.get("/connect/demo")).text();
    expect(page).toContain("not_connected");
    expect(page).toContain("how it was when it last answered");
  });

  it("has its form asked for again when the bank accounts can't be read", async () => {
    await breakOperation("getOrganization", { status: 500, times: 3 });
    const page = await (await browser.get("/connect/demo")).text();
    expect(page).toContain("your bank accounts can");
    expect(await stepFor(browser)).toBe(BUSINESS_STEP);
  });

  it("is not asked any more once the consent is gone", async () => {
    await control("POST", "revoke");
    expect((await send()).headers.get("Location")).toBe(`${CONNECT}/connect/demo`);
    expect(await stepFor(browser)).toBe("Connect your Qonto account again");
  });
});

describe("every page", () => {
  it("runs no script, is kept nowhere, and keeps its address to itself", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    const browser = new Browser();
    const pages = [await browser.get(connect_url), await new Browser().get("/connect/demo")];
    await begin(connect_url, browser);
    pages.push(await browser.get("/connect/demo"), await browser.get("/oauth/callback"));
    await consentAtQonto(browser, "demo");
    pages.push(await browser.get("/connect/demo"));
    for (const page of pages) {
      expect(page.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
      expect(page.headers.get("Cache-Control")).toBe("no-store");
      expect(page.headers.get("X-Content-Type-Options")).toBe("nosniff");
      expect(page.headers.get("Referrer-Policy")).toBe("same-origin");
      const policy = page.headers.get("Content-Security-Policy") ?? "";
      for (const rule of ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"]) {
        expect(policy).toContain(rule);
      }
      const text = await page.text();
      const styles = /<style>(.*)<\/style>/s.exec(text)?.[1] ?? "";
      const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(styles));
      expect(policy).toContain(`'sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}'`);
      expect(text.match(/<h1/g)).toHaveLength(1);
      expect(text.match(/<main/g)).toHaveLength(1);
      expect(text).not.toContain("<script");
      expect(text).not.toContain("style=");
    }
  });
});

it("no token, secret or code is in any answer, log or plain storage", async () => {
  const lines: string[] = [];
  for (const method of ["log", "error", "warn", "info", "debug"] as const) {
    vi.spyOn(console, method).mockImplementation((...parts: unknown[]) => void lines.push(parts.map(String).join(" ")));
  }
  const { connect_url, secret_key } = await createMerchant("demo", [SHOP]);
  const browser = await begin(connect_url);
  const asked = await askConsent(browser, "demo");
  const back = await decide(asked, "allow");
  const answers = [await (await browser.get(back)).text(), await (await browser.get("/connect/demo")).text()];
  await breakOperation("getConnection", { status: 400, code: "canary_code" });
  answers.push(await (await browser.get("/connect/demo")).text());
  const stored = await runInDurableObject(merchantObject(), (_object, state) =>
    JSON.stringify(
      state.storage.sql
        .exec<{ name: string }>(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'",
        )
        .toArray()
        .map(({ name }) => state.storage.sql.exec(`SELECT * FROM ${name}`).toArray()),
    ),
  );
  const settings = env as unknown as Record<string, string>;
  const secrets = [
    new URL(connect_url).searchParams.get("token"),
    browser.cookie.split(".")[1],
    asked.searchParams.get("state"),
    new URL(back).searchParams.get("code"),
    await webhookSecret(),
    secret_key,
    settings["QONTO_CLIENT_SECRET"],
    settings["VAULT_KEY"],
    adminKey,
    "canary",
  ].map((secret) => secret ?? "");
  expect(secrets.filter((secret) => secret.length < 6)).toEqual([]);
  for (const secret of secrets) {
    expect(answers.join("\n")).not.toContain(secret);
    expect(lines.join("\n")).not.toContain(secret);
    expect(stored).not.toContain(secret);
  }
});
