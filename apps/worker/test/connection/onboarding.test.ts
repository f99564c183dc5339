import { env, runInDurableObject } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  adminKey,
  askConsent,
  begin,
  beginAnew,
  Browser,
  BUSINESS,
  CONNECT,
  consentAtQonto,
  createMerchant,
  decide,
  finishAtProvider,
  headingOf,
  letPass,
  newBrowser,
  problemOf,
  STEPS,
  stepFor,
} from "../support/connect.ts";
import { fetchWorker } from "../support/fetch-worker.ts";
import { merchantObject } from "../support/object/merchant-object.ts";
import { breakOperation, callsOf, control, webhookSecret } from "../support/sandbox.ts";
import { checkoutFor, KEY, SHOP, saveProduct } from "../support/shop.ts";

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

async function eventsOf(secretKey: string): Promise<readonly string[]> {
  const response = await fetchWorker(`${CONNECT}/v1/events`, { headers: { Authorization: `Bearer ${secretKey}` } });
  const { data: events } = await response.json<{ data: readonly { type: string }[] }>();
  return events.map(({ type }) => type);
}

it("a new merchant gets from the connect link to a paid checkout", async () => {
  await control("PUT", "connection", { status: null });
  const { connect_url, secret_key } = await createMerchant("demo", [SHOP]);
  const browser = await begin(connect_url);
  expect(await stepFor(browser)).toBe(STEPS.consent);

  expect((await consentAtQonto(browser, "demo")).headers.get("Location")).toBe("/connect/demo");
  const form = await (await browser.get("/connect/demo")).text();
  expect(form).toContain("FR76 1695 8000 0100 0000 0000 237");
  expect(form).toContain("Abacate Organization");

  const sent = await browser.post("/connect/demo/connection", BUSINESS);
  const back = await finishAtProvider(sent.headers.get("Location") ?? "", "enabled");
  expect(back).toBe(`${CONNECT}/connect/demo`);
  const done = await (await browser.get(back)).text();
  for (const text of [STEPS.connected, "Online sales", "Credit card, Apple Pay", `publishable-key="${KEY}"`])
    expect(done).toContain(text);

  await saveProduct("mug", MUG, secret_key);
  expect((await checkoutFor({ product: "mug" })).amount.value).toBe("13.30");
  expect(await eventsOf(secret_key)).toEqual(["authorization.granted", "connection.changed", "connection.changed"]);
});

describe("the connect link", () => {
  it("is not consumed when it is opened, as by a mail scanner", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    for (let time = 0; time < 3; time += 1) {
      expect(await headingOf(await new Browser().get(connect_url))).toBe("Get paid by Qonto payment links");
    }
    await begin(connect_url);
  });

  it("is valid once, and shows the next step in the browser that used it", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    const browser = await begin(connect_url);
    expect((await browser.get(connect_url)).headers.get("Location")).toBe("/connect/demo");
    expect(await stepFor(browser)).toBe(STEPS.consent);
    const other = new Browser();
    expect(await problemOf(await other.get(connect_url))).toEqual({ status: 404, code: "invalid_connect_link" });
    const token = new URL(connect_url).searchParams.get("token") ?? "";
    const replayed = await other.post("/connect/demo", { token });
    expect(await problemOf(replayed)).toEqual({ status: 404, code: "invalid_connect_link" });
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
    expect(await stepFor(browser)).toBe(STEPS.consent);
  });

  it("expires after 7 days", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    await letPass(7 * 24 * 60 + 1);
    expect(await problemOf(await new Browser().get(connect_url))).toEqual({
      status: 404,
      code: "invalid_connect_link",
    });
  });

  it("of one merchant can't connect another", async () => {
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
  it("is a cookie that no script, no other host and no cross-site request can use", async () => {
    const { connect_url } = await createMerchant("demo", [SHOP]);
    const token = new URL(connect_url).searchParams.get("token") ?? "";
    const response = await new Browser().post("/connect/demo", { token });
    expect(response.headers.get("Set-Cookie")).toMatch(
      /^__Host-qonto-pay-connect=demo\.[A-Za-z0-9_-]{43}; Max-Age=86400; Path=\/; Secure; HttpOnly; SameSite=Lax$/,
    );
    expect(response.headers.get("Location")).toBe("/connect/demo");
  });

  it("expires after 24 hours", async () => {
    const browser = await newBrowser();
    await letPass(24 * 60 + 1);
    expect(await problemOf(await browser.get("/connect/demo"))).toEqual({
      status: 403,
      code: "invalid_connect_session",
    });
  });

  it("of one merchant is not valid for another", async () => {
    const browser = await newBrowser("demo");
    await createMerchant("other", [SHOP]);
    const asOther = { Cookie: browser.cookie.replace("=demo.", "=other."), Origin: CONNECT };
    for (const headers of [{ Cookie: browser.cookie, Origin: CONNECT }, asOther]) {
      const response = await new Browser().post("/connect/other/consent", {}, headers);
      expect(await problemOf(response)).toEqual({ status: 403, code: "invalid_connect_session" });
    }
  });

  it.each(["/connect/demo", "/connect/demo/consent", "/connect/demo/connection"])(
    "is not valid for a form of another site: %s",
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

  it.each(["/connect/demo/consent", "/connect/demo/connection"])("is required for %s", async (path) => {
    await newBrowser();
    expect(await problemOf(await new Browser().post(path, BUSINESS))).toEqual({
      status: 403,
      code: "invalid_connect_session",
    });
  });

  it("shows the next step when a form's address is opened", async () => {
    const browser = await newBrowser();
    for (const path of ["/connect/demo/consent", "/connect/demo/connection"]) {
      expect((await browser.get(path)).headers.get("Location")).toBe("/connect/demo");
    }
  });
});

describe("every page", () => {
  it("runs no script, is not cached, and sends no referrer", async () => {
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

it("no answer, log or unencrypted storage contains a token, secret or code", async () => {
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
