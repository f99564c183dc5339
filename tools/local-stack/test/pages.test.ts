import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { controlSandbox } from "../servers/control-sandbox.ts";
import { freePorts } from "../servers/free-ports.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type LocalStack, startLocalStack } from "../servers/local-stack.ts";
import { WorkerApi } from "../merchants/worker-api.ts";

/** The Worker's own pages for shoppers, in a real browser, with and without a script. */

const stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-pages-"));
let stack: LocalStack;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let mistakes: string[];

beforeAll(async () => {
  const ports = await freePorts();
  const options = { stateFolder, sandboxPort: ports.sandbox, workerPort: ports.worker, shopPort: ports.shop };
  [stack, browser] = await Promise.all([startLocalStack({ ...options, isSandboxKept: false }), launchBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await stack.close();
  rmSync(stateFolder, { recursive: true, force: true });
});
beforeEach(() => visitAs({}));
afterEach(async () => {
  await context.close();
  expect(mistakes).toEqual([]);
});

async function visitAs(options: { readonly javaScriptEnabled?: boolean }): Promise<void> {
  context = await browser.newContext(options);
  page = await context.newPage();
  mistakes = [];
  page.on("pageerror", (error) => mistakes.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") mistakes.push(message.text());
  });
}

interface Opened {
  readonly id: string;
  readonly status_url: string;
  readonly payment_link: { readonly id: string };
}

async function openCheckout(): Promise<Opened> {
  const price = { value: "12.00", currency: "EUR" };
  const item = { title: "Mug", quantity: 1, price, vat_rate: "0", tax_behavior: "inclusive" };
  return new WorkerApi(stack.workerUrl, stack.secretKey).call<Opened>("POST", "checkouts", {
    body: { items: [item] },
    idempotencyKey: crypto.randomUUID(),
  });
}

async function payAtQonto({ payment_link }: Opened, status: string): Promise<void> {
  await controlSandbox(stack.sandboxUrl, "POST", `payment_links/${payment_link.id}/payments`, { status });
}

/** Shows the status page of a checkout; the test can advance its clock. */
async function show(checkout: Opened): Promise<void> {
  await page.clock.install();
  await page.goto(checkout.status_url);
}

/** Advances the page's clock to its next request, and waits for the response. */
async function nextAnswer(checkout: Opened): Promise<void> {
  const answered = page.waitForResponse(checkout.status_url);
  await page.clock.runFor(10_000);
  await answered;
}

const heading = () => page.getByRole("status").getByRole("heading", { level: 1 });

describe("the status page", () => {
  it("reports the payment without a reload, and then stops polling", async () => {
    const checkout = await openCheckout();
    await show(checkout);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.resourceType()));
    await page.evaluate(() => document.body.setAttribute("data-same", ""));
    expect(await heading().innerText()).toBe("Not paid yet");
    expect(await page.getByText("This page updates automatically.").isVisible()).toBe(true);

    await payAtQonto(checkout, "paid");
    await expect.poll(() => heading().innerText()).toBe("Thank you, this is paid");
    expect(await page.title()).toContain("Thank you, this is paid");
    expect(await page.getByRole("link").count()).toBe(0);
    expect(await page.getByText("This page updates automatically.").isVisible()).toBe(false);
    expect(await page.locator("body").getAttribute("data-same")).toBe("");

    const untilPaid = asked.length;
    await page.clock.runFor(60_000);
    expect(asked).toHaveLength(untilPaid);
    expect(new Set(asked)).toEqual(new Set(["xhr"]));
  });

  it("keeps the focus while nothing changed, and moves it to the news when its element is removed", async () => {
    const checkout = await openCheckout();
    await show(checkout);
    const pay = page.getByRole("link", { name: "Go to payment" });
    await pay.focus();
    // The page processes a response before it sends the next request.
    await nextAnswer(checkout);
    await nextAnswer(checkout);
    expect(await pay.evaluate((link) => link === document.activeElement)).toBe(true);

    await payAtQonto(checkout, "paid");
    await expect.poll(() => heading().innerText()).toBe("Thank you, this is paid");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Thank you, this is paid");
  });

  it("announces its news once, even after the focus moved to them", async () => {
    const checkout = await openCheckout();
    await show(checkout);
    await page.getByRole("link", { name: "Go to payment" }).focus();
    await payAtQonto(checkout, "pending");
    await expect.poll(() => heading().innerText()).toBe("Your payment is being processed");
    expect(await heading().evaluate((news) => news === document.activeElement)).toBe(true);
    await heading().evaluate((news) => Object.assign(news, { isSame: true }));
    await nextAnswer(checkout);
    await nextAnswer(checkout);
    expect(await heading().evaluate((news) => "isSame" in news)).toBe(true);
  });

  it("polls less and less often while it gets no response", async () => {
    const checkout = await openCheckout();
    await show(checkout);
    let asked = 0;
    await page.route("**/checkouts/**", (route) => {
      asked += 1;
      return route.abort();
    });
    const askedWithin = async (seconds: number) => {
      asked = 0;
      for (let second = 0; second < seconds; second += 1) {
        await page.clock.runFor(1_000);
        await page.waitForTimeout(5);
      }
      return asked;
    };
    const [first, second] = [await askedWithin(60), await askedWithin(60)];
    expect(first).toBeGreaterThanOrEqual(2);
    expect(second).toBeGreaterThanOrEqual(1);
    expect(second).toBeLessThan(first);
    // The browser's messages about aborted requests.
    mistakes = [];
  });

  it("without a script stays unchanged, and has a link that reloads it", async () => {
    await context.close();
    await visitAs({ javaScriptEnabled: false });
    const checkout = await openCheckout();
    await page.goto(checkout.status_url);
    expect(await page.getByText("This page updates automatically.").isVisible()).toBe(false);
    await payAtQonto(checkout, "paid");
    await expect
      .poll(
        async () => {
          const refresh = page.getByRole("link", { name: "Refresh" });
          if ((await refresh.count()) > 0) await refresh.click();
          return page.getByRole("heading", { level: 1 }).innerText();
        },
        { interval: 500 },
      )
      .toBe("Thank you, this is paid");
  });
});
