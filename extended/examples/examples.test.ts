import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { connectMerchant } from "@qonto-pay/local-stack/merchants/connect-merchant.ts";
import { DEMO_MERCHANT } from "@qonto-pay/local-stack/merchants/demo-merchant.ts";
import { freePorts } from "@qonto-pay/local-stack/servers/free-ports.ts";
import { launchBrowser } from "../../tools/local-stack/test/launch-browser.ts";
import { type LocalBackend, startLocalBackend } from "@qonto-pay/local-stack/servers/local-backend.ts";
import { type PageServer, startPageServer } from "../../tools/local-stack/test/page-server.ts";
import { payInBrowser } from "../../tools/local-stack/test/pay-in-browser.ts";

/** Tests the built page of each example: the button shows a price, is paid, and the page receives the status. */

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));

/** The address of the Worker in the examples, which is that of `pnpm start`. */
const WORKER_OF_EXAMPLES = "http://localhost:8787";

/** The served folders, by example. */
const FOLDERS: Readonly<Record<string, string>> = {
  "plain-html": join(EXAMPLES, "plain-html"),
  react: join(EXAMPLES, "react/dist"),
  svelte: join(EXAMPLES, "svelte/dist"),
  vue: join(EXAMPLES, "vue/dist"),
};

const stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-examples-"));
let backend: LocalBackend;
let server: PageServer;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const ports = await freePorts();
  [backend, server, browser] = await Promise.all([
    startLocalBackend({ stateFolder, sandboxPort: ports.sandbox, workerPort: ports.worker }),
    startPageServer(FOLDERS),
    launchBrowser(),
  ]);
  await connectMerchant(DEMO_MERCHANT, { ...backend, shopUrl: server.origin });
});

afterAll(async () => {
  await Promise.all([browser.close(), server.close(), backend.close()]);
  rmSync(stateFolder, { recursive: true, force: true });
});

beforeEach(async () => {
  const context = await browser.newContext();
  page = await context.newPage();
  await page.route(`${WORKER_OF_EXAMPLES}/**`, (route) =>
    route.continue({ url: route.request().url().replace(WORKER_OF_EXAMPLES, backend.workerUrl) }),
  );
});

afterEach(async () => {
  await page.context().close();
});

it("each example has a test", () => {
  const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  // headless-shop is a server without a page. `headless-shop.test.ts` tests it.
  expect(folders.map(({ name }) => name).toSorted()).toEqual([...Object.keys(FOLDERS), "headless-shop"].toSorted());
});

it.each(Object.keys(FOLDERS))("a shopper pays in the example: %s", async (name) => {
  const mistakes: string[] = [];
  page.on("pageerror", (error) => mistakes.push(error.message));
  const address = `${server.origin}/${name}/`;
  await page.goto(address);
  const button = page.locator("qonto-pay-button").getByRole("button");
  await expect.poll(() => button.innerText()).toContain("€13.30");
  const thanks = page.getByText("Thank you!");
  expect(await thanks.isVisible()).toBe(false);
  await button.click();
  await page.waitForURL(`${backend.sandboxUrl}/payment-links/**`);
  await payInBrowser(page, "Paid");
  await expect.poll(() => page.locator("body").innerText()).toMatch(/paid/i);
  await page.goto(address);
  await expect.poll(() => thanks.isVisible()).toBe(true);
  expect(mistakes).toEqual([]);
});

it("a shopper without JavaScript pays with the link between the tags", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const scriptless = await context.newPage();
  await scriptless.goto(`${server.origin}/plain-html/`);
  const address = await scriptless.getByRole("link", { name: "Buy the mug" }).getAttribute("href");
  await scriptless.goto(address?.replace(WORKER_OF_EXAMPLES, backend.workerUrl) ?? "");
  await scriptless.waitForURL(`${backend.sandboxUrl}/payment-links/**`);
  await payInBrowser(scriptless, "Paid");
  await expect.poll(() => scriptless.locator("body").innerText()).toMatch(/paid/i);
  await context.close();
});
