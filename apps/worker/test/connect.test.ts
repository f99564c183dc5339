import { reset } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { begin, Browser, consentAtQonto, createMerchant, finishAtProvider, headingOf } from "./support/connect.ts";
import { control, webhookSecret } from "./support/sandbox.ts";
import { checkoutFor, SHOP, WORKER } from "./support/shop.ts";

beforeEach(async () => {
  await reset();
  await control("POST", "reset");
  await control("PUT", "webhooks", { mode: "drop" });
});

const BUSINESS = {
  bank_account: "5e1f1a6e-6b0c-4c39-9d5f-3a4d1c2b7e04",
  phone: "+33 6 12 34 56 78",
  website: "https://shop.example",
  description: "We make stoneware mugs and sell them in our own shop and to visitors of our workshop.",
};

describe("connecting a merchant", () => {
  it("leads from the link to a paid checkout", async () => {
    await control("PUT", "connection", { status: null });
    const { connect_url, secret_key } = await createMerchant("demo", [SHOP]);
    const browser = new Browser();
    expect(await headingOf(await browser.get(connect_url))).toBe("Get paid by Qonto payment links");
    await begin(connect_url, browser);
    expect(await headingOf(await browser.get("/connect/demo"))).toBe("Connect your Qonto account");

    const back = await consentAtQonto(browser, "demo");
    expect(back.headers.get("Location")).toBe("/connect/demo");
    const form = await (await browser.get("/connect/demo")).text();
    expect(form).toContain("FR76 1695 8000 0100 0000 0000 237");
    expect(form).toContain("Abacate Organization");

    const sent = await browser.post("/connect/demo/connection", BUSINESS);
    expect(sent.status).toBe(303);
    expect(await finishAtProvider(sent.headers.get("Location") ?? "", "enabled")).toMatch(/\/connect\/demo$/);
    const done = await (await browser.get("/connect/demo")).text();
    expect(done).toContain("You can take payments");
    expect(done).toContain("Online sales");
    expect(done).toContain("key=&quot;pk_sandbox_demo&quot;".replaceAll("&quot;", '"'));
    expect(await webhookSecret()).toMatch(/^[A-Za-z0-9_-]{43}$/);

    const { SELF } = await import("cloudflare:test");
    await SELF.fetch(`${WORKER}/v1/products/mug`, {
      method: "PUT",
      headers: { Authorization: `Bearer ${secret_key}` },
      body: JSON.stringify({
        title: "Mug",
        price: { value: "10.99", currency: "EUR" },
        tax_behavior: "exclusive",
        vat_rate: "21.0",
      }),
    });
    expect((await checkoutFor({ product: "mug" })).amount.value).toBe("13.30");
  });
});
