import { randomBytes } from "node:crypto";
import type { BrowserContext, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkoutAt, price, report } from "../support/answers.ts";
import { stage, useStage } from "./opened-page.ts";

let context: BrowserContext;
let page: Page;
let product: string;
/** Violations of the policy, and thrown errors. */
let refused: string[];

useStage();
beforeEach(async () => {
  context = await stage.browser.newContext();
  page = await context.newPage();
  refused = [];
  page.on("console", (message) => message.type() === "error" && refused.push(message.text()));
  page.on("pageerror", (error) => refused.push(String(error)));
  product = `product-${crypto.randomUUID()}`;
  await stage.setScript(product, {
    prices: [{ body: price() }],
    checkouts: [{ body: checkoutAt(`${stage.worker}/pay/${product}`, product) }],
    statuses: [report(product, "open")],
    pages: [{ body: "<!doctype html><title>The pay page</title>" }],
  });
});
afterEach(() => context.close());

interface Policy {
  readonly nonce: string;
  readonly text: string;
}

/** Returns a policy that is as strict as possible. `scripts` returns the value of `script-src`. */
function policyOf(scripts: (nonce: string) => string): Policy {
  const nonce = randomBytes(16).toString("base64url");
  const rules = [
    "default-src 'none'",
    `script-src ${scripts(nonce)}`,
    "style-src 'self'",
    `connect-src ${stage.worker}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return { nonce, text: rules.join("; ") };
}

async function openShop({ nonce, text }: Policy, attributes = ""): Promise<void> {
  const html = `<!doctype html>
<html lang="en">
  <title>A strict shop</title>
  <script type="module" nonce="${nonce}" src="${stage.worker}/qonto-pay-button.js"></script>
  <qonto-pay-button publishable-key="pk_sandbox_demo" product="${product}" show-amount ${attributes}></qonto-pay-button>
</html>`;
  await page.goto(stage.putPage(html, { "Content-Security-Policy": text }));
}

/** The locator also finds texts in the shadow root. */
const button = () => page.locator("qonto-pay-button button");

describe.each([
  ["only the nonce of the script tag", (nonce: string) => `'nonce-${nonce}'`],
  ["only the Worker's address", () => stage.worker],
  ["a nonce with 'strict-dynamic'", (nonce: string) => `'nonce-${nonce}' 'strict-dynamic'`],
])("on a strict page that allows %s", (_name, scripts) => {
  it("a click leads to the pay page", async () => {
    await openShop(policyOf(scripts));
    await button().filter({ hasText: "€13.30" }).click();
    await page.waitForURL(`${stage.worker}/pay/${product}`);
    expect(refused).toEqual([]);
  });

  it("the amounts are loaded and chosen, and so is the quantity", async () => {
    await openShop(policyOf(scripts), `amounts="5 10"`);
    await page.getByRole("radio", { name: "€10" }).check();
    await openShop(policyOf(scripts), "quantity-input");
    await page.getByRole("button", { name: "Increase the quantity" }).click();
    expect(await page.getByRole("spinbutton").inputValue()).toBe("2");
    expect(refused).toEqual([]);
  });

  it("a language, the payment methods, the QR code and the status stream are loaded", async () => {
    await openShop(policyOf(scripts), `lang="de" methods="paypal" mode="qr"`);
    await button().filter({ hasText: "Bezahlen" }).click();
    await page.getByRole("img", { name: "QR-Code der Zahlungsseite" }).waitFor();
    const method = page.locator("qonto-pay-button [part=method]");
    expect(await method.evaluate((mark) => getComputedStyle(mark).borderTopStyle)).toBe("solid");
    await page.waitForFunction(
      async ([worker, name]) => {
        const journal = (await (await fetch(`${worker}/_journal/${name}`)).json()) as { open_streams: number };
        return journal.open_streams === 1;
      },
      [stage.worker, product],
    );
    expect(refused).toEqual([]);
  });

  it("the pay page opens in a tab", async () => {
    await openShop(policyOf(scripts), `mode="tab"`);
    const opened = context.waitForEvent("page");
    await button().click();
    await (await opened).waitForURL(`${stage.worker}/pay/${product}`);
    await page.getByText("Pay in the other tab.").waitFor();
    expect(refused).toEqual([]);
  });
});
