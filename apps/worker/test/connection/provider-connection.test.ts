import { abortAllDurableObjects, env } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  beginAnew,
  Browser,
  BUSINESS,
  CONNECT,
  consentAtQonto,
  finishAtProvider,
  headingOf,
  newBrowser,
  problemOf,
  STEPS,
  stepFor,
} from "../support/connect.ts";
import { breakOperation, callsOf, control } from "../support/sandbox.ts";

beforeEach(beginAnew);
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("the connection to the payment provider", () => {
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
  ])(
    "is not requested with %s: the field shows an error, and the others keep their values",
    async (_name, form, field) => {
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
    },
  );

  it("is requested with the merchant's input in the format that Qonto takes", async () => {
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

  it("shows no input as markup", async () => {
    const page = await (await send({ phone: '"><script>alert(1)</script>', description: "</textarea><b>" })).text();
    expect(page).not.toContain("<script>");
    expect(page).not.toContain("</textarea><b>");
  });

  it.each([
    ["pending", "The payment provider is not done yet"],
    ["disabled", "The payment provider has disabled the connection"],
    ["enabled", STEPS.connected],
  ] as const)("left with %s is shown as that", async (outcome, heading) => {
    const back = await finishAtProvider((await send()).headers.get("Location") ?? "", outcome);
    expect(await headingOf(await browser.get(back))).toBe(heading);
  });

  it("that was left unfinished continues, even after another form", async () => {
    const first = (await send()).headers.get("Location");
    const page = await (await browser.get("/connect/demo")).text();
    expect(page).toContain("Finish at the payment provider");
    expect(page).toContain(`href="${first}"`);
    const second = await send();
    expect(second.headers.get("Location")).toBe(first);
  });

  it("is reused if it exists", async () => {
    await control("PUT", "connection", { status: "enabled" });
    expect((await send()).headers.get("Location")).toBe(`${CONNECT}/connect/demo`);
    expect(await stepFor(browser)).toBe(STEPS.connected);
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

  it("causes no redirect to an address that is not allowed, and the operator's log has the reason", async () => {
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

  it("is not requested for an organization without payment links: the page leads to their activation", async () => {
    await control("PUT", "behaviour", { payment_links_feature: "missing" });
    const page = await (await browser.get("/connect/demo")).text();
    expect(page).toContain("Switch on payment links in Qonto");
    expect(page).toContain('href="https://app.qonto.com/deeplinks?action=payment_links.activate"');
    expect((await send()).headers.get("Location")).toBe(`${CONNECT}/connect/demo`);
    await breakOperation("getConnection", { status: 500, times: 3 });
    expect(await stepFor(browser)).toBe("Switch on payment links in Qonto");
    await control("PUT", "behaviour", { payment_links_feature: "available" });
    expect(await stepFor(browser)).toBe(STEPS.business);
  });

  it("is shown if Qonto returns nothing but its status", async () => {
    await control("PUT", "behaviour", { connection_answer: "status_only" });
    expect((await send()).status).toBe(303);
    expect(await stepFor(browser)).toBe("Finish at the payment provider");
    for (const [status, heading] of [
      ["pending", "The payment provider is not done yet"],
      ["enabled", STEPS.connected],
    ] as const) {
      await control("PUT", "connection", { status });
      expect(await stepFor(browser)).toBe(heading);
    }
  });

  it("shows that Qonto does not take this deployment's address, and that the details are right", async () => {
    await control("PUT", "behaviour", { callback_addresses: "public_only" });
    const page = await (await send()).text();
    expect(page).toContain("WORKER_URL");
    expect(page).toContain("Nothing is wrong with your details");
    expect(page).toContain(BUSINESS.description);
  });

  it("leads to Qonto's app as a last resort if Qonto rejects it", async () => {
    await breakOperation("createConnection", { status: 403 });
    expect(await (await send()).text()).toContain("https://app.qonto.com/deeplinks?action=payment_links.activate");
  });

  it("is shown in its last known state while Qonto is not reachable", async () => {
    await send();
    await breakOperation("getConnection", { status: 500, times: 0 });
    const page = await (await browser.get("/connect/demo")).text();
    expect(page).toContain("not_connected");
    expect(page).toContain("This is what it returned last");
  });

  it("shows its form again if the bank accounts can't be read", async () => {
    await breakOperation("getOrganization", { status: 500, times: 3 });
    const page = await (await browser.get("/connect/demo")).text();
    expect(page).toContain("your bank accounts can");
    expect(await stepFor(browser)).toBe(STEPS.business);
  });

  it("is no longer requested after the consent was revoked", async () => {
    await control("POST", "revoke");
    expect((await send()).headers.get("Location")).toBe(`${CONNECT}/connect/demo`);
    expect(await stepFor(browser)).toBe("Connect your Qonto account again");
  });
});
