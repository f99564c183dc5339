import { describe, expect, it } from "vitest";
import de from "../../src/locales/button/de.ts";
import { en } from "../../src/parts/part-messages.ts";
import { checkoutAt, price } from "../support/answers.ts";
import { shopPage } from "./shop-page.ts";
import { page, stage, usePage } from "./opened-page.ts";

/** The parts that load when a button needs them, in the built script. */

usePage({ viewport: { width: 360, height: 800 } });

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
const field = () => page.locator("qonto-pay-button [part=field]");

describe("nothing moves when a part is loaded", () => {
  it.each([
    ["payment methods", METHODS],
    ["payment methods of a wide button", `full-width ${METHODS}`],
    ["two payment methods", `methods="credit_card paypal"`],
    ["three amounts", `amounts="5 10 20"`],
    ["the quantity", "quantity-input"],
    ["the quantity and payment methods of a large button", `quantity-input size="large" ${METHODS}`],
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
    await page.locator("qonto-pay-button").locator("fieldset, li").first().waitFor({ state: "attached" });
    expect(await tops()).toEqual(before);
    const [part, text] = await Promise.all(
      [page.locator("qonto-pay-button").locator("fieldset, ul").last(), page.locator("#after")].map((one) =>
        one.boundingBox(),
      ),
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

it("a keyboard chooses an amount with the arrow keys, types another one and pays it", async () => {
  await stage.setScript("mug", { checkouts: [{ body: checkoutAt(`${stage.worker}/pay/mug`, "mug") }] });
  await page.goto(stage.putPage(shopPage(stage, { body: mug(`amounts="5 10 20" label="donate"`) })));
  await page.getByRole("radiogroup", { name: "Amount in euros" }).waitFor();
  await page.keyboard.press("Tab");
  expect(await page.getByRole("radio", { name: "€5" }).evaluate((radio) => radio.matches(":focus"))).toBe(true);
  await page.keyboard.press("ArrowRight");
  expect(await page.getByRole("radio", { name: "€10" }).isChecked()).toBe(true);
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  expect(await page.getByRole("radio", { name: "Other" }).isChecked()).toBe(true);
  expect(await field().evaluate((input) => input.matches(":focus")), "the arrow keys move on").toBe(false);
  await page.keyboard.press("Tab");
  await page.keyboard.type("7,5");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/pay\/mug/);
  const { requests } = await stage.journal("mug");
  const bodies = requests.filter(({ url }) => url === "/v1/checkouts").map(({ body }) => JSON.parse(body) as object);
  expect(bodies).toMatchObject([{ amount: "7.50" }]);
});

it("a click on Other moves the focus into the field", async () => {
  await page.goto(stage.putPage(shopPage(stage, { body: mug(`amounts="5 10 20"`) })));
  await page.locator("qonto-pay-button label").getByText("Other").click({ force: true });
  expect(await field().evaluate((input) => input.matches(":focus"))).toBe(true);
});

it("the mouse wheel over the focused quantity scrolls the page and changes nothing", async () => {
  const body = `${mug(`quantity-input quantity="3"`)}<div style="height: 3000px"></div>`;
  await page.goto(stage.putPage(shopPage(stage, { body })));
  await field().click();
  await page.mouse.wheel(0, 200);
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
  expect(await field().inputValue()).toBe("3");
});

it("a part of a choice has the styles of the page", async () => {
  const style = "qonto-pay-button::part(chip selected) { background: rgb(1, 2, 3) }";
  await page.goto(stage.putPage(shopPage(stage, { style, body: mug(`amounts="5 10 20"`) })));
  const colors = page.locator("qonto-pay-button [part~=chip]");
  await expect
    .poll(() => colors.evaluateAll((chips) => chips.map((chip) => getComputedStyle(chip).backgroundColor)))
    .toEqual(["rgb(1, 2, 3)", ...Array.from({ length: 3 }, () => "rgba(0, 0, 0, 0)")]);
});

it("without the chunk of the amounts, the button pays the first amount", async () => {
  await stage.setScript("mug", {
    prices: [{ body: price("5.00") }],
    checkouts: [{ body: checkoutAt(`${stage.worker}/pay/mug`, "mug") }],
  });
  const before = (await stage.journal("mug")).requests.length;
  await page.route("**/qonto-pay-chunks/*.js", (route) => route.abort());
  await page.goto(stage.putPage(shopPage(stage, { body: mug(`amounts="5 10 20"`) })));
  await button().click();
  await page.waitForURL(/\/pay\/mug/);
  const sent = (await stage.journal("mug")).requests.slice(before).find(({ url }) => url === "/v1/checkouts");
  expect(JSON.parse(sent?.body ?? "{}")).toMatchObject({ amount: "5" });
});
