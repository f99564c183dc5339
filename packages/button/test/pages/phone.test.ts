import type { BrowserContextOptions } from "playwright-core";
import { expect, it } from "vitest";
import { checkoutAt, report } from "../support/answers.ts";
import { shopPage } from "./shop-page.ts";
import { stage, useStage } from "./opened-page.ts";

/** `mode="qr"` on devices: a phone can't scan its own screen. */

useStage();

/** Clicks a button with `mode="qr"`. @returns whether it shows a QR code, and whether the page was left. */
async function clickOn(device: BrowserContextOptions): Promise<{ isCodeShown: boolean; isLeft: boolean }> {
  const product = `product-${crypto.randomUUID()}`;
  await stage.setScript(product, {
    checkouts: [{ status: 201, body: checkoutAt(`${stage.worker}/pay/${product}`, product) }],
    statuses: [report(product, "open")],
    pages: [{ body: "<!doctype html><title>The pay page</title>" }],
  });
  const context = await stage.browser.newContext(device);
  const page = await context.newPage();
  const body = `<qonto-pay-button publishable-key="pk_sandbox_demo" product="${product}" mode="qr"></qonto-pay-button>`;
  await page.goto(stage.putPage(shopPage(stage, { body })));
  await page.getByRole("button").click();
  const code = page.locator("qonto-pay-button [part=code] svg");
  await expect.poll(async () => page.url().includes("/pay/") || (await code.isVisible())).toBe(true);
  const seen = { isCodeShown: await code.isVisible(), isLeft: page.url().includes("/pay/") };
  await context.close();
  return seen;
}

const touch = (width: number, height: number): BrowserContextOptions => ({
  viewport: { width, height },
  hasTouch: true,
  isMobile: true,
});

it.each([
  ["a phone", touch(390, 844)],
  ["a phone on its side", touch(844, 390)],
])("%s opens the pay page", async (_name, device) => {
  expect(await clickOn(device)).toEqual({ isCodeShown: false, isLeft: true });
});

it.each([
  ["a tablet", touch(820, 1180)],
  ["a tablet on its side", touch(1180, 820)],
  ["a desktop", { viewport: { width: 1280, height: 900 } }],
  ["a small window on a desktop", { viewport: { width: 400, height: 500 } }],
])("%s shows the code", async (_name, device) => {
  expect(await clickOn(device)).toEqual({ isCodeShown: true, isLeft: false });
});
