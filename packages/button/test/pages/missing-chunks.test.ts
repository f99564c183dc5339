import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { checkoutAt } from "../support/answers.ts";
import { startLocalServer } from "../support/local-server.ts";
import { shopPage } from "./shop-page.ts";
import { openStage, type Stage } from "./stage.ts";

/** What a shopper sees if a chunk of the script can't be loaded, as on a bad connection. */

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  page = await stage.browser.newPage();
});
afterEach(() => page.close());

const mug = (attributes: string): string =>
  `<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug" ${attributes}></qonto-pay-button>`;

it("without the chunk of a language, the texts are English and marked as English", async () => {
  await page.route("**/qonto-pay-chunks/de-*.js", (route) => route.abort());
  await page.goto(stage.putPage(shopPage(stage, { body: mug(`lang="de"`) })));
  const label = page.locator("qonto-pay-button [part=label]");
  await expect
    .poll(() => label.evaluate(({ innerText, lang }: HTMLElement) => [innerText, lang]))
    .toEqual(["Pay", "en"]);
});

it("without the chunk of the QR code, a frame does not navigate to the pay page, which refuses frames", async () => {
  await stage.setScript("mug", { checkouts: [{ body: checkoutAt(`${stage.worker}/pay/mug`, "mug") }] });
  await page.route("**/qonto-pay-chunks/qr-code-*.js", (route) => route.abort());
  const shop = stage.putPage(shopPage(stage, { body: mug(`mode="qr"`) }));
  const around = await startLocalServer((_request, response) => {
    response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><iframe src="${shop}"></iframe>`);
  });
  await page.goto(around.origin);
  const frame = page.frameLocator("iframe");
  await frame.getByRole("button").click();
  await expect.poll(() => frame.getByRole("alert").innerText()).toMatch(/can't be opened from here/);
  expect(page.frames().map((one) => one.url())).toContain(shop);
  around.close();
});
