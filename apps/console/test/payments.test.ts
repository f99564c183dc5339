import { describe, expect, it } from "vitest";
import { startConsole } from "./support/console.ts";

const console = startConsole();
const rows = () => console.page.locator("payments-page .rows a");
const badge = () => console.page.locator("payment-page .badge").innerText();
const notice = () => console.page.locator("payment-page [role=status]").innerText();

describe("the list of payments", () => {
  it("says that it is empty, and shows a new payment and then its payment without a reload", async () => {
    await console.open();
    await expect.poll(() => console.page.getByText("There are no payments yet.").isVisible()).toBe(true);
    const checkout = await console.openCheckout("LIVE-1");
    await expect.poll(() => rows().allInnerTexts()).toEqual([expect.stringMatching(/€28\.80[^]*Open[^]*LIVE-1/)]);
    await console.pay(checkout);
    await expect.poll(() => rows().first().innerText()).toContain("Paid");
  });

  it("finds a reference, filters by status, and says if nothing matches", async () => {
    await console.openCheckout("FIND-1");
    await console.openCheckout("FIND-2");
    await console.open("#/payments");
    const search = console.page.getByLabel("Search by reference");
    await search.fill("FIND-1");
    await search.press("Enter");
    await expect.poll(() => rows().allInnerTexts()).toEqual([expect.stringContaining("FIND-1")]);
    // A reference can name a person, so it is not part of the address.
    expect(console.page.url()).not.toContain("FIND");

    await console.page.getByRole("button", { name: "Paid" }).click();
    await expect.poll(() => console.page.getByText("No payment matches this search.").isVisible()).toBe(true);
    expect(await search.inputValue()).toBe("FIND-1");
    await search.fill("");
    await search.press("Enter");
    await expect.poll(() => rows().allInnerTexts()).toEqual([expect.stringContaining("LIVE-1")]);
  });

  it("shows further pages, each payment once and newest first", async () => {
    const references = Array.from({ length: 30 }, (_, place) => `PAGE-${place + 10}`);
    for (const reference of references) await console.openCheckout(reference);
    await console.open("#/payments");
    await expect.poll(() => rows().count()).toBe(25);
    await console.page.getByRole("button", { name: "Show more" }).click();
    await expect.poll(() => rows().count()).toBe(33);
    const names = await console.page.locator("payments-page .name").allInnerTexts();
    expect(names.filter((name) => name.startsWith("PAGE"))).toEqual(references.toReversed());
  });

  it("keeps the last known list while the Worker does not answer, and says so", async () => {
    await console.open("#/payments");
    await expect.poll(() => rows().count()).toBe(25);
    await console.page.route("**/v1/checkouts?**", (route) => route.abort());
    await expect.poll(() => console.page.getByText("could not be refreshed").isVisible()).toBe(true);
    expect(await rows().count()).toBe(25);
    await console.page.unroute("**/v1/checkouts?**");
    await expect.poll(() => console.page.getByText("could not be refreshed").isVisible()).toBe(false);
    console.mistakes = [];
  });

  it("keeps what was typed if the session ends, and continues after the sign-in", async () => {
    await console.open("#/payments");
    const search = console.page.getByLabel("Search by reference");
    await search.fill("FIND-2");
    await console.context.clearCookies();
    await search.press("Enter");
    await console.page.getByRole("dialog", { name: "Sign in again" }).waitFor();
    await console.page.getByLabel("Secret key").fill(console.stack.secretKey);
    await console.page.getByRole("button", { name: "Sign in", exact: true }).click();
    await expect.poll(() => rows().allInnerTexts()).toEqual([expect.stringContaining("FIND-2")]);
    expect(await search.inputValue()).toBe("FIND-2");
    // The browser reports each request without a session.
    console.mistakes = [];
  });
});

describe("the page of a payment", () => {
  it("tells its story, with articles and VAT, and follows the payment", async () => {
    const checkout = await console.openCheckout("STORY-1");
    await console.open(`#/payments/${checkout.id}`);
    await expect.poll(() => badge()).toContain("Open");
    const text = await console.page.locator("payment-page").innerText();
    for (const part of ["Payment STORY-1", "€28.80", "Your server opened", "2 × €12.00 before VAT", "VAT 20%"]) {
      expect(text).toContain(part);
    }
    expect(await console.page.getByRole("img", { name: "QR code of the payment link" }).isVisible()).toBe(true);

    await console.pay(checkout);
    await expect.poll(() => badge()).toContain("Paid");
    const paid = await console.page.locator("payment-page").innerText();
    expect(paid).toContain("€28.80 was paid.");
    expect(paid).toContain("Refunds are made at Mollie or in Qonto");
    expect(await console.page.getByRole("button", { name: "Cancel this payment" }).count()).toBe(0);
  });

  it("copies the link, and cancels only after a confirmation", async () => {
    const checkout = await console.openCheckout("CANCEL-1");
    await console.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await console.open(`#/payments/${checkout.id}`);
    const { page } = console;
    await page.getByRole("button", { name: "Copy the link" }).click();
    await expect.poll(() => notice()).toBe("The link is copied.");
    const url = await page.locator("payment-page .address").innerText();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(url);

    await page.getByRole("button", { name: "Cancel this payment" }).click();
    await page.getByRole("button", { name: "Keep it" }).click();
    await expect.poll(() => page.getByRole("dialog").isVisible()).toBe(false);
    expect(await badge()).toContain("Open");
    await page.getByRole("button", { name: "Cancel this payment" }).click();
    await page.getByRole("button", { name: "Cancel the payment" }).click();
    await expect.poll(() => notice()).toBe("The payment is canceled.");
    expect(await badge()).toContain("Canceled");
  });

  it("reads the current state from Qonto", async () => {
    const checkout = await console.openCheckout("SYNC-1");
    await console.open(`#/payments/${checkout.id}`);
    await console.page.getByRole("button", { name: "Check at Qonto again" }).click();
    await expect.poll(() => notice()).toBe("This is the current state at Qonto.");
  });

  it("says if there is no payment with this id", async () => {
    await console.open("#/payments/chk_00000000000000000000");
    await expect.poll(() => console.page.getByText("There is no payment with this id").isVisible()).toBe(true);
    expect(console.mistakes).toEqual([expect.stringContaining("status of 404")]);
    console.mistakes = [];
  });
});
