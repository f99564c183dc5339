import type { Page } from "playwright-core";

/** Pays with the test card on the current pay page. @param status of the payment, as the page names it. */
export async function payInBrowser(page: Page, status: string): Promise<void> {
  await page.getByLabel("Card number").fill("4543 4740 0224 9996");
  await page.getByLabel("Expiration date").fill("12/34");
  await page.getByLabel("CVC").fill("123");
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByRole("radio", { name: status }).check();
  await page.getByRole("button", { name: "Continue" }).click();
}
