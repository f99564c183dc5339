import { CHROMIUM_ARGS, findChromium } from "@qonto-pay/browsers";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readOrder } from "./setup/back-office.ts";
import { referenceOf, Shop } from "./setup/shop.ts";
import { COUPON } from "./setup/stock-shop.ts";

/** A complete purchase with a real Vendure server, the real Worker, the sandbox and a real browser. */

let shop: Shop;
let browser: Browser;

beforeAll(async () => {
  [shop, browser] = await Promise.all([
    Shop.open(),
    findChromium().then((executablePath) => chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] })),
  ]);
});

afterAll(async () => {
  await browser.close();
  await shop.close();
});

it("a shopper browses, fills a cart of two VAT rates with a coupon and shipping, pays, and the order is settled", async () => {
  const shopper = shop.storefront();
  expect((await shopper.browse()).map(({ name }) => name)).toEqual(["Mug", "Cookbook"]);
  await shopper.add("Mug", 3);
  await shopper.add("Cookbook", 1);
  await shopper.useCoupon(COUPON);
  await shopper.giveAddress();
  const cart = await shopper.cart();
  expect(cart?.totalWithTax).toBe(2697 + 2246 + 490);

  const { url, checkoutId } = await shopper.pay();
  const { amount, payment_link: link, reference } = await shop.qontoPay.checkouts.get(checkoutId);
  expect(amount).toEqual({ value: "54.33", currency: "EUR" });
  expect(reference).toBe(referenceOf(cart?.code ?? ""));
  expect(new Set(link?.items?.map((item) => Number(item.vat_rate)))).toEqual(new Set([20, 5.5]));

  const page = await browser.newPage();
  await page.goto(url);
  expect(await page.locator("body").innerText()).toContain("54.33");
  await page.getByLabel("Card number").fill("4543 4740 0224 9996");
  await page.getByLabel("Expiration date").fill("12/34");
  await page.getByLabel("CVC").fill("123");
  await page.getByRole("button", { name: "Pay" }).click();
  await page.getByRole("radio", { name: "Paid" }).check();
  await page.getByRole("button", { name: "Continue" }).click();

  const admin = await shop.admin();
  await expect.poll(async () => (await readOrder(admin, cart?.code ?? "")).state).toBe("PaymentSettled");
  const { payments, notes } = await readOrder(admin, cart?.code ?? "");
  expect(payments).toEqual([
    expect.objectContaining({ state: "Settled", amount: 5433, transactionId: checkoutId, method: "qonto" }),
  ]);
  expect(notes).toEqual([]);
});
