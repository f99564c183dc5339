import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { controlSandbox } from "../servers/control-sandbox.ts";
import { freePorts, type Ports } from "../servers/free-ports.ts";
import { launchBrowser } from "./launch-browser.ts";
import { payInBrowser } from "./pay-in-browser.ts";
import { isTaken, type RunningStart, runStart } from "./start-process.ts";
import { TESTED_BEHAVIOUR } from "./tested-behaviour.ts";

/** The product from the shopper's point of view: the program behind `pnpm start`, and a real browser. */

const stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-journey-"));
let ports: Ports;
let running: RunningStart;
let browser: Browser;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  ports = await freePorts();
  [running, browser] = await Promise.all([runStart(stateFolder, ports), launchBrowser()]);
  // Stored with the sandbox's state across restarts.
  await controlSandbox(running.sandboxUrl, "PUT", "behaviour", { behaviour: TESTED_BEHAVIOUR });
});

afterAll(async () => {
  await browser.close();
  await running.interrupt();
  rmSync(stateFolder, { recursive: true, force: true });
});

beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
  await page.goto(running.shopUrl);
});

afterEach(async () => {
  await context.close();
});

const element = (product: string, on = page) => on.locator(`qonto-pay-button[product="${product}"]`);
const button = (product: string, on = page) => element(product, on).locator("button[part~=button]");
const orders = (on = page) => on.locator("[data-order]");

async function clickThrough(product: string): Promise<void> {
  await button(product).click();
  await page.waitForURL(`${running.sandboxUrl}/payment-links/**`);
}

async function mintsAtQonto(): Promise<number> {
  const answer = await fetch(`${running.sandboxUrl}/_sandbox/journal`);
  const { requests } = (await answer.json()) as { requests: readonly { operation: string }[] };
  return requests.filter((request) => request.operation === "createPaymentLink").length;
}

describe("the main job", () => {
  it.each([
    ["mug", "€13.30"],
    ["poster", "€9.99"],
    ["workshop", "€144.00"],
  ])(
    "a shopper clicks on %s, pays %s with the test card, and the order shows that it is paid",
    async (product, price) => {
      await expect.poll(() => button(product).innerText()).toContain(price);
      await clickThrough(product);
      await expect.poll(() => page.locator("body").innerText()).toContain(price.slice(1));
      await payInBrowser(page, "Paid");
      await expect.poll(() => page.locator("body").innerText()).toMatch(/paid/i);
      await page.goto(running.shopUrl);
      await expect.poll(() => orders().first().getAttribute("data-status")).toBe("paid");
      expect(await orders().first().innerText()).toContain("Paid");
      expect(await orders().first().innerText()).toContain(price);
    },
  );

  it("a click is one request to the Worker, without a preflight", async () => {
    await expect.poll(() => button("mug").innerText()).toContain("13.30");
    const devtools = await context.newCDPSession(page);
    await devtools.send("Network.enable");
    const seen: string[] = [];
    devtools.on("Network.requestWillBeSent", ({ request, type }) => {
      if (request.url.startsWith(running.workerUrl))
        seen.push(`${type} ${request.method} ${new URL(request.url).pathname}`);
    });
    await clickThrough("mug");
    expect(seen).toEqual(["Fetch POST /v1/checkouts"]);
  });

  it("a double click creates one link", async () => {
    await expect.poll(() => button("mug").innerText()).toContain("13.30");
    const before = await mintsAtQonto();
    await button("mug").dblclick();
    await page.waitForURL(`${running.sandboxUrl}/payment-links/**`);
    expect((await mintsAtQonto()) - before).toBe(1);
  });

  it("the back button leads to a working button, which leads to the same link", async () => {
    await clickThrough("mug");
    const first = page.url();
    const before = await mintsAtQonto();
    await page.goBack();
    await expect.poll(() => button("mug").getAttribute("aria-disabled")).not.toBe("true");
    await clickThrough("mug");
    expect(page.url()).toBe(first);
    expect(await mintsAtQonto()).toBe(before);
  });

  it("a payment shows in the open shop as soon as Qonto's webhook arrives, without a reload", async () => {
    await clickThrough("mug");
    const payUrl = page.url();
    await page.goBack();
    await expect.poll(() => orders().first().getAttribute("data-status")).toBe("open");
    await page.evaluate(() => Object.assign(window, { wasNotReloaded: true }));
    const phone = await context.newPage();
    await phone.goto(payUrl);
    await payInBrowser(phone, "Paid");
    // Without a webhook, the Worker would poll Qonto only after a minute.
    await expect.poll(() => orders().first().getAttribute("data-status")).toBe("paid");
    expect(await page.evaluate(() => "wasNotReloaded" in window)).toBe(true);
  });

  it("a failed payment is never shown as failed, and the shopper can pay again", async () => {
    await clickThrough("mug");
    const payUrl = page.url();
    await payInBrowser(page, "Failed");
    await page.goto(running.shopUrl);
    await expect.poll(() => orders().first().getAttribute("data-status")).toBe("open");
    expect((await orders().first().innerText()).toLowerCase()).not.toContain("fail");
    await clickThrough("mug");
    expect(page.url()).toBe(payUrl);
  });

  it("a donor chooses the amount", async () => {
    await element("donation").getByRole("radio", { name: "Other" }).check();
    await element("donation").getByRole("textbox").fill("12,50");
    await clickThrough("donation");
    await expect.poll(() => page.locator("body").innerText()).toContain("12.50");
  });

  it("a shopper chooses the quantity, and returns to the same order", async () => {
    await element("poster").getByRole("button", { name: "Increase the quantity" }).click();
    await expect.poll(() => button("poster").innerText()).toContain("19.98");
    await clickThrough("poster");
    const payUrl = page.url();
    await expect.poll(() => page.locator("body").innerText()).toContain("19.98");
    await page.goto(running.shopUrl);
    await expect.poll(() => element("poster").getByRole("spinbutton").inputValue()).toBe("2");
    await clickThrough("poster");
    expect(page.url()).toBe(payUrl);
  });
});

describe("Ctrl-C", () => {
  it("Ctrl-C ends with code 0 and frees all ports, and the next start knows the open order", async () => {
    await clickThrough("mug");
    const payUrl = page.url();
    expect(await running.interrupt()).toBe(0);
    for (const port of Object.values(ports)) expect(await isTaken(port)).toBe(false);

    running = await runStart(stateFolder, ports);
    await page.goto(running.shopUrl);
    await clickThrough("mug");
    expect(page.url()).toBe(payUrl);
    await payInBrowser(page, "Paid");
    await page.goto(running.shopUrl);
    await expect.poll(() => orders().first().getAttribute("data-status")).toBe("paid");
  });
});
