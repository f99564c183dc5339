import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { CreatedMerchant } from "../merchants/connect-merchant.ts";
import { controlSandbox } from "../servers/control-sandbox.ts";
import { freePorts } from "../servers/free-ports.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type LocalBackend, startLocalBackend } from "../servers/local-backend.ts";
import { DESCRIPTION, MerchantBrowser } from "./merchant-browser.ts";
import { payInBrowser } from "./pay-in-browser.ts";
import { WorkerApi } from "../merchants/worker-api.ts";

/** The onboarding from the merchant's point of view: the Worker, the sandbox in Qonto's place, and a real browser. */

const CONSENT = "Connect your Qonto account";
const BUSINESS = "Tell the payment provider about your business";
const READY = "You can take payments";

const stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-onboarding-"));
let backend: LocalBackend;
let browser: Browser;
let context: BrowserContext;
let merchant: CreatedMerchant;
let hers: MerchantBrowser;
let made = 0;

beforeAll(async () => {
  const { worker: workerPort, sandbox: sandboxPort } = await freePorts();
  [backend, browser] = await Promise.all([
    startLocalBackend({ stateFolder, workerPort, sandboxPort }),
    launchBrowser(),
  ]);
});

afterAll(async () => {
  await browser.close();
  await backend.close();
  rmSync(stateFolder, { recursive: true, force: true });
});

/** Each test has a merchant of its own, of an organization that never connected, and a browser without cookies. */
beforeEach(async () => {
  await sandbox("PUT", "connection", { status: null });
  made += 1;
  const body = { name: `shop-${made}`, allowed_origins: [] };
  merchant = await new WorkerApi(backend.workerUrl, backend.adminKey).call("POST", "merchants", { body });
  context = await browser.newContext();
  hers = await MerchantBrowser.open(context, merchantPage());
});

afterEach(async () => {
  await context.close();
});

const merchantPage = () => `${backend.workerUrl}/connect/${merchant.merchant}`;

const sandbox = (method: "POST" | "PUT", control: string, body?: unknown) =>
  controlSandbox(backend.sandboxUrl, method, control, body);

/** With the merchant's secret key. */
const server = () => new WorkerApi(backend.workerUrl, merchant.secret_key);

function openCheckout(): Promise<{ readonly id: string; readonly url: string }> {
  const price = { value: "12.00", currency: "EUR" };
  const items = [{ title: "Poster", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" }];
  return server().call("POST", "checkouts", { body: { items }, idempotencyKey: crypto.randomUUID() });
}

/** The address with a state of the right form that the Worker never issued. */
function withAnotherState(callback: string): string {
  const url = new URL(callback);
  const [name = "", random = ""] = (url.searchParams.get("state") ?? "").split(".");
  url.searchParams.set("state", `${name}.${random.slice(1)}${random[0]}`);
  return url.href;
}

/** Expects a page that reports a problem, with a link back. */
async function isTold(title: string, code: string): Promise<void> {
  await hers.shows(title);
  expect(await hers.text()).toContain(`Code ${code}`);
  await hers.follow("Try again");
}

describe("a merchant", () => {
  it("who is interrupted at each step still gets from the link to a paid checkout", async () => {
    // Closed before the first step, which does not use up the link.
    await hers.page.goto(merchant.connect_url);
    await hers.shows("Get paid by Qonto payment links");
    await hers.startOver(merchant.connect_url);
    await hers.begin(merchant.connect_url);
    expect(hers.page.url()).toBe(merchantPage());
    expect(await context.cookies()).toMatchObject([
      { name: "__Host-qonto-pay-connect", path: "/", secure: true, httpOnly: true, sameSite: "Lax" },
    ]);

    // Right after the first step. In the browser that used the link, the link shows the next step.
    await hers.startOver(merchant.connect_url);
    await hers.shows(CONSENT);
    expect(hers.page.url()).toBe(merchantPage());

    // On Qonto's authorization page; then denied there.
    await hers.goToQonto();
    await hers.startOver();
    expect(await hers.currentStep()).toBe("Qonto");
    await hers.goToQonto();
    await hers.press("Refuse");
    await isTold("You denied access at Qonto", "authorization_denied");

    // Qonto's redirect has an unknown state, or is too late.
    await hers.page.goto(withAnotherState(await hers.consentWithoutComingBack()));
    await isTold("That took too long, or was not expected", "invalid_authorization");
    const late = await hers.consentWithoutComingBack();
    await sandbox("POST", "clock", { advance_seconds: 11 * 60 });
    await hers.page.goto(late);
    await isTold("That took too long, or was not expected", "invalid_authorization");

    // Authorized at last; the redirect works once.
    const callback = await hers.consentWithoutComingBack();
    await hers.page.goto(callback);
    await hers.shows(BUSINESS);
    expect(hers.page.url()).toBe(merchantPage());
    await hers.page.goto(callback);
    await isTold("That took too long, or was not expected", "invalid_authorization");

    // The form is left half filled in.
    await hers.page.getByLabel("Phone number").fill("+33");
    await hers.startOver();
    await hers.describeBusiness();
    await hers.page.waitForURL(/\/onboarding\//);

    // The merchant leaves the provider's pages in every way.
    await hers.startOver();
    await hers.shows("Finish at the payment provider");
    await hers.follow("Continue at the payment provider");
    await hers.press("Finish later");
    await hers.shows("The payment provider is not done yet");
    expect(await hers.text()).toContain("You can take payments once the status is enabled.");
    await hers.follow("Check again");
    await hers.shows("The payment provider is not done yet");
    await hers.follow("Continue at the payment provider");
    await hers.press("Refuse");
    await hers.shows("The payment provider has disabled the connection");
    await hers.follow("Continue at the payment provider");
    await hers.press("Finish");
    await hers.shows(READY);
    expect(await hers.text()).toContain("Main account");

    // A shopper arrives.
    const { id, url } = await openCheckout();
    await hers.page.goto(url);
    await payInBrowser(hers.page, "Paid");
    await expect
      .poll(() => server().call("GET", `checkouts/${id}`))
      .toMatchObject({ status: "paid", payment_count: 1 });
  });

  it("gets there with the keyboard alone", async () => {
    const { page } = hers;
    const pressEnterOn = async (name: string) => {
      await hers.tabTo(name);
      await page.keyboard.press("Enter");
    };
    await page.goto(merchant.connect_url);
    await pressEnterOn("Begin");
    await hers.shows(CONSENT);
    await pressEnterOn("Continue at Qonto");
    await page.waitForURL(/\/oauth2\/auth\?/);
    await pressEnterOn("Allow");
    await hers.shows(BUSINESS);
    await hers.tabTo("Main account");
    await page.keyboard.press("ArrowDown");
    for (const typed of ["0033 6 12 34 56 78", "https://shop.example", DESCRIPTION]) {
      await page.keyboard.press("Tab");
      await page.keyboard.type(typed);
    }
    await pressEnterOn("Connect");
    await page.waitForURL(/\/onboarding\//);
    await pressEnterOn("Finish");
    await hers.shows(READY);
    expect(await hers.text()).toContain("Online sales");
  });

  it("whose organization is connected to the payment provider fills in no form", async () => {
    await sandbox("PUT", "connection", { status: "enabled" });
    await hers.begin(merchant.connect_url);
    await hers.consent();
    await hers.shows(READY);
    expect(await hers.text()).toContain(merchant.publishable_key);
  });

  it("who revoked the authorization in Qonto is led there again, and continues as before", async () => {
    await sandbox("PUT", "connection", { status: "enabled" });
    await hers.begin(merchant.connect_url);
    await hers.consent();
    await hers.shows(READY);
    await sandbox("POST", "revoke");
    await hers.follow("Check again");
    await hers.shows(`${CONSENT} again`);
    expect(await hers.text()).toContain("Qonto no longer accepts your consent");
    await hers.consent();
    await hers.shows(READY);
    expect((await openCheckout()).url.startsWith(backend.sandboxUrl)).toBe(true);
  });
});

describe("the form", () => {
  beforeEach(async () => {
    await hers.begin(merchant.connect_url);
    await hers.consent();
    await hers.shows(BUSINESS);
  });

  const field = (label: string) => hers.page.getByLabel(label);
  const alert = () => hers.page.getByRole("alert");

  /** The text that a screen reader adds to a field's label: the texts that `aria-describedby` names. */
  async function descriptionOf(label: string): Promise<string> {
    const ids = (await field(label).getAttribute("aria-describedby")) ?? "";
    const texts = ids.split(" ").map((id) => hers.page.locator(`[id="${id}"]`).innerText());
    return (await Promise.all(texts)).join(" ");
  }

  it("shows each field's problem beside it, and keeps the input", async () => {
    await field("Phone number").fill("06 12");
    await field("Website").fill("me@shop.example");
    await field("What your business sells").fill("Mugs.");
    await field("Online sales").check();
    await hers.press("Connect");
    await alert().waitFor();
    expect(await alert().getByRole("link").count()).toBe(3);
    expect(await field("Online sales").isChecked()).toBe(true);
    expect(await field("Phone number").inputValue()).toBe("06 12");
    expect(await field("Website").inputValue()).toBe("me@shop.example");
    expect(await field("What your business sells").inputValue()).toBe("Mugs.");
    expect(await descriptionOf("Phone number")).toContain("Write the phone number with + and the country code");
    expect(await descriptionOf("Website")).toContain(
      "Write the address of a public website that begins with https:// or http://",
    );
    expect(await descriptionOf("What your business sells")).toContain("These are 5: 75 more, please.");
    for (const label of ["Phone number", "Website", "What your business sells"])
      expect(await field(label).getAttribute("aria-invalid")).toBe("true");

    // Each line above the form leads to its field.
    await alert().getByRole("link").first().click();
    expect(await field("Phone number").evaluate((input) => input === document.activeElement)).toBe(true);

    await field("Phone number").fill("+33612345678");
    await field("Website").fill("https://shop.example");
    await hers.press("Connect");
    await expect.poll(() => alert().getByRole("link").count()).toBe(1);
    expect(await field("Phone number").getAttribute("aria-invalid")).toBeNull();
    await field("What your business sells").fill(DESCRIPTION);
    await hers.press("Connect");
    await hers.page.waitForURL(/\/onboarding\//);
  });

  it("rejects a bank account of another organization", async () => {
    await field("Main account").evaluate((radio) => radio.setAttribute("value", "another-account"));
    await hers.describeBusiness();
    await expect.poll(() => alert().innerText()).toContain("Choose one of these bank accounts.");
    const choices = hers.page.getByRole("group", { name: "Bank account" });
    expect(await choices.innerText()).toContain("Choose one of these bank accounts.");
  });
});

describe("another person", () => {
  it("can't use a link that was used in another browser", async () => {
    await hers.begin(merchant.connect_url);
    const stranger = await browser.newContext();
    const page = await stranger.newPage();
    for (const address of [merchant.connect_url, merchantPage()]) {
      const answer = await page.goto(address);
      expect(answer?.status()).toBe(404);
      expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("This link can't be used");
      expect(await page.getByRole("button").count()).toBe(0);
    }
    await stranger.close();
    await hers.page.reload();
    await hers.shows(CONSENT);
  });

  it.each([
    ["of the same host, for which browsers send the cookie", "http://localhost:1"],
    ["of another host", "http://foreign.example"],
  ])("can't make the merchant's browser send a form from a page %s", async (_what, origin) => {
    await hers.begin(merchant.connect_url);
    await context.route(`${origin}/`, (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<form method="post" action="${merchantPage()}/consent"><button>Win a mug</button></form>`,
      }),
    );
    await hers.page.goto(origin);
    await hers.press("Win a mug");
    await isTold("This did not come from our page", "origin_not_allowed");
    expect(await hers.currentStep()).toBe("Qonto");
  });
});
