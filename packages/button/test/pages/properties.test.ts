import { expect, it } from "vitest";
import type { QontoPayButton } from "../../src/index.ts";
import { shopPage } from "./shop-page.ts";
import { page, stage, usePage } from "./opened-page.ts";

/** The properties of the elements in the built script, which contains only a part of Lit. */

usePage();

const openPage = (body: string): Promise<unknown> => page.goto(stage.putPage(shopPage(stage, { body })));

it("an attribute becomes a property of its type, and null when it is removed", async () => {
  await openPage(
    `<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug" quantity="2" items='[{"product": "mug"}]' messages="{" show-amount></qonto-pay-button>`,
  );
  const states = await page.locator("qonto-pay-button").evaluate((element: QontoPayButton) => {
    const read = (): unknown[] => {
      const { publishableKey, product, quantity, items, messages, showAmount } = element;
      return [publishableKey, product, quantity, items, messages, showAmount];
    };
    const before = read();
    for (const name of ["publishable-key", "product", "quantity", "items", "messages", "show-amount"])
      element.removeAttribute(name);
    return [before, read()];
  });
  expect(states).toEqual([
    ["pk_sandbox_demo", "mug", 2, [{ product: "mug" }], null, true],
    [null, null, null, null, null, false],
  ]);
});

it("a property that is set before the script has loaded takes precedence over the attribute", async () => {
  await openPage(
    `<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug" label="buy"></qonto-pay-button>
     <script>document.querySelector("qonto-pay-button").label = "donate";</script>`,
  );
  const button = page.locator("qonto-pay-button");
  await expect.poll(() => button.locator("button").innerText()).toBe("Donate");
  expect(await button.getAttribute("label")).toBe("buy");
});

it("a change of a property shows after updateComplete, and disabled is reflected", async () => {
  await openPage(`<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug"></qonto-pay-button>`);
  const states = await page.locator("qonto-pay-button").evaluate(async (element: QontoPayButton) => {
    const look = async (): Promise<unknown[]> => {
      const isComplete = await element.updateComplete;
      const button = element.shadowRoot?.querySelector("button");
      return [isComplete, button?.textContent, button?.disabled, element.getAttribute("disabled")];
    };
    const looks = [await look()];
    Object.assign(element, { label: "order", disabled: true });
    looks.push(await look());
    element.disabled = false;
    looks.push(await look());
    return looks;
  });
  expect(states).toEqual([
    [true, "Pay", false, null],
    [true, "Order and pay", true, ""],
    [true, "Order and pay", false, null],
  ]);
});
