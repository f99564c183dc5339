import { expect, it } from "vitest";
import { checkoutAt } from "../support/answers.ts";
import { startLocalServer } from "../support/local-server.ts";
import { shopPage } from "./shop-page.ts";
import { page, stage, usePage } from "./opened-page.ts";

/** What a shopper sees if a chunk of the script can't be loaded, as on a bad connection. */

usePage();

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

/** Opens a shop's page with the mug and without the chunk that follows checkouts. */
async function openWithoutFollowing(attributes = ""): Promise<void> {
  await page.route("**/qonto-pay-chunks/follow-checkout-*.js", (route) => route.abort());
  await page.goto(stage.putPage(shopPage(stage, { body: mug(attributes) })));
}

it("without the chunk that follows a checkout, a click opens the pay page, even on a later visit", async () => {
  const pay = `${stage.worker}/pay/mug`;
  await stage.setScript("mug", { checkouts: [{ body: checkoutAt(pay, "mug") }], pages: [{ body: "<h1>Pay</h1>" }] });
  for (let visits = 0; visits < 2; visits += 1) {
    await openWithoutFollowing();
    await page.getByRole("button").click();
    await page.waitForURL(pay);
  }
});

it("without the chunk that follows a checkout, a click on a paid order shows Paid", async () => {
  await stage.setScript("mug", { checkouts: [{ body: checkoutAt(`${stage.worker}/pay/mug`, "mug", "paid") }] });
  await openWithoutFollowing(`reference="AB-1"`);
  await page.getByRole("button").click();
  await expect.poll(() => page.getByRole("button").innerText()).toMatch(/^Paid\s*€13\.30$/);
  expect(page.url()).not.toContain("/pay/");
});

it.each(["en", "later-look", "{en,later-look}"])("without the chunk %s, every state has words", async (chunk) => {
  const button = page.getByRole("button");
  await page.route(`**/qonto-pay-chunks/${chunk}-*.js`, (route) => route.abort());
  await stage.setScript("mug", { checkouts: [{ status: 500, body: "" }] });
  await page.goto(stage.putPage(shopPage(stage, { body: mug(`label="order"`) })));
  await button.click();
  await expect
    .poll(() => page.getByRole("alert").innerText())
    .toMatch(/^The payment service .* Nothing was charged\.$/);
  expect(await button.innerText()).toBe("Order and pay");

  await stage.setScript("mug", { checkouts: [{ body: checkoutAt(`${stage.worker}/pay/mug`, "mug", "paid") }] });
  await button.click();
  await expect.poll(() => button.innerText()).toMatch(/^Paid/);
});

it("a click loads no chunk before the pay page", async () => {
  const pay = `${stage.worker}/pay/mug`;
  await stage.setScript("mug", { checkouts: [{ body: checkoutAt(pay, "mug") }], pages: [{ body: "<h1>Pay</h1>" }] });
  await page.goto(stage.putPage(shopPage(stage, { body: mug("") })));
  await page.getByRole("button").waitFor();
  const requests: string[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  await page.getByRole("button").click();
  await page.waitForURL(pay);
  expect(requests.slice(0, 2)).toEqual(["/v1/checkouts", "/pay/mug"]);
});
