import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { checkoutAt } from "../support/answers.ts";
import { shopPage } from "./shop-page.ts";
import { stage, useStage } from "./opened-page.ts";

/** Purchases that both tabs pay for at the same time. */
const PRODUCTS = Array.from({ length: 20 }, (_, index) => `mug-${index}`);

useStage();

/** Clicks all buttons at this time of the clock, which the tabs share. Runs in the page. */
async function clickAll(at: number): Promise<void> {
  while (Date.now() < at) await new Promise((resolve) => setTimeout(resolve));
  for (const button of document.querySelectorAll("qonto-pay-button")) button.click();
}

it("two tabs that are clicked in the same instant use one attempt for each purchase", async () => {
  for (const product of PRODUCTS) {
    await stage.setScript(product, { checkouts: [{ body: checkoutAt(`${stage.worker}/pay/${product}`, product) }] });
  }
  const buttons = PRODUCTS.map(
    (product) => `<qonto-pay-button publishable-key="pk_sandbox_demo" product="${product}"></qonto-pay-button>`,
  );
  const stay = `<script>addEventListener("qonto-pay-redirect", (event) => event.preventDefault());</script>`;
  const address = stage.putPage(shopPage(stage, { body: stay + buttons.join("") }));
  const context = await stage.browser.newContext();
  const tabs = [await context.newPage(), await context.newPage()];
  const open = async (tab: Page): Promise<void> => {
    await tab.goto(address);
    await tab.getByRole("button", { name: "Pay" }).last().waitFor();
  };
  await Promise.all(tabs.map(open));
  const at = Date.now() + 500;
  await Promise.all(tabs.map((tab) => tab.evaluate(clickAll, at)));

  for (const product of PRODUCTS) {
    const bodies = async (): Promise<readonly string[]> =>
      (await stage.journal(product)).requests.filter(({ method }) => method === "POST").map(({ body }) => body);
    await expect.poll(async () => (await bodies()).length).toBe(2);
    const ids = (await bodies()).map((body) => (JSON.parse(body) as { attempt_id: string }).attempt_id);
    expect(new Set(ids).size, product).toBe(1);
  }
  await context.close();
});
