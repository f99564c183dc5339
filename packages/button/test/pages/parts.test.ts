import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import de from "../../src/locales/button/de.ts";
import { en } from "../../src/parts/part-messages.ts";
import { shopPage } from "./shop-page.ts";
import { openStage, type Stage } from "./stage.ts";

/** The parts that load when a button needs them, in the built script. */

let stage: Stage;
let page: Page;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());
beforeEach(async () => {
  page = await stage.browser.newPage({ viewport: { width: 360, height: 800 } });
});
afterEach(() => page.close());

const METHODS = `methods="credit_card apple_pay paypal ideal"`;

const mug = (attributes: string): string =>
  `<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug" ${attributes}></qonto-pay-button><p id="after">Text</p>`;

/** Returns the top of the button and of the text after the element, in px. */
const tops = (): Promise<readonly number[]> =>
  page.evaluate(() => {
    const button = document.querySelector("qonto-pay-button")?.shadowRoot?.querySelector("button");
    return [button, document.querySelector("#after")].map((element) => element?.getBoundingClientRect().top ?? 0);
  });

const button = () => page.locator("qonto-pay-button").locator("button[part~=button]");

describe("nothing moves when a part is loaded", () => {
  it.each([
    ["payment methods", METHODS],
    ["payment methods of a wide button", `full-width ${METHODS}`],
    ["two payment methods", `methods="credit_card paypal"`],
  ])("%s", async (_name, attributes) => {
    let release = (): void => {};
    const isAllowed = new Promise<void>((resolve) => (release = resolve));
    await page.route("**/qonto-pay-chunks/*.js", async (route) => {
      await isAllowed;
      await route.continue();
    });
    await page.goto(stage.putPage(shopPage(stage, { style: "* { margin: 0; padding: 0 }", body: mug(attributes) })));
    await button().waitFor();
    const before = await tops();
    release();
    await page.locator("qonto-pay-button").locator("li").first().waitFor({ state: "attached" });
    expect(await tops()).toEqual(before);
    const [part, text] = await Promise.all(
      [page.locator("qonto-pay-button").locator("ul"), page.locator("#after")].map((one) => one.boundingBox()),
    );
    expect((part?.y ?? 0) + (part?.height ?? 0), "nothing covers the text").toBeLessThanOrEqual(text?.y ?? 0);
  });
});

it("the names of all payment methods are visible, on a narrow button and on a wide one", async () => {
  for (const [lang, card] of Object.entries({ de: de.credit_card, en: en.credit_card })) {
    for (const width of ["", "full-width"]) {
      await page.goto(stage.putPage(shopPage(stage, { body: mug(`${METHODS} ${width} lang="${lang}"`) })));
      const names = page.locator("qonto-pay-button li span");
      await expect.poll(() => names.allInnerTexts()).toEqual([card, "Apple Pay", "PayPal", "iDEAL"]);
      const list = await page.locator("qonto-pay-button ul").boundingBox();
      for (const mark of await page.locator("qonto-pay-button li").all()) {
        const box = await mark.boundingBox();
        expect(box?.x).toBeGreaterThanOrEqual(list?.x ?? 0);
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((list?.y ?? 0) + (list?.height ?? 0) + 1);
      }
    }
  }
});
