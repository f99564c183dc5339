import type { Page } from "playwright-core";
import { showSpecimens, type Specimen } from "./specimens.ts";
import type { Stage } from "./stage.ts";

const AMOUNTS = { amounts: "5 10 20 50 100", label: "donate" };
const QUANTITY = { "quantity-input": "", label: "buy" };

/** Buttons with a choice, by the name of what they show. */
export const CHOICES: Readonly<Record<string, Specimen>> = {
  amounts: { look: "idle", attributes: { ...AMOUNTS, amount: "20" } },
  "amounts-disabled": { look: "disabled", attributes: { ...AMOUNTS, amount: "20" } },
  "other-amount": { look: "idle", attributes: { ...AMOUNTS, amount: "7.50", lang: "de" } },
  "wrong-amount": { look: "idle", attributes: { ...AMOUNTS, amount: "0", lang: "de" } },
  quantity: { look: "idle", attributes: { ...QUANTITY, quantity: "3" } },
  "quantity-large": { look: "idle", attributes: { ...QUANTITY, size: "large", dir: "rtl" } },
  "quantity-paid": { look: "paid", attributes: QUANTITY },
  "wrong-quantity": { look: "idle", attributes: { ...QUANTITY, quantity: "10000", lang: "fr" } },
};

/** Shows buttons with a choice. One whose choice can't be paid is clicked, so that it says why. */
export async function showChoices(stage: Stage, page: Page, specimens: readonly Specimen[]): Promise<void> {
  await showSpecimens(stage, page, specimens);
  await page.evaluate(async () => {
    const until = async (isSo: () => boolean): Promise<void> => {
      while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
    };
    for (const element of document.querySelectorAll<HTMLElement>("qonto-pay-button:is([amounts], [quantity-input])")) {
      const inChoice = (selector: string): Element | null | undefined =>
        element.shadowRoot?.querySelector("[part=choice]")?.shadowRoot?.querySelector(selector);
      await until(() => inChoice("fieldset") != null);
      const { amount, quantity } = element as unknown as { amount?: string; quantity?: number };
      if (amount === "0" || quantity === 10_000) element.click();
    }
    (document.activeElement as HTMLElement | null)?.blur();
  });
}
