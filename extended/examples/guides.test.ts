import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { CheckoutSnapshot } from "@qonto-pay/client";
import { controlSandbox } from "@qonto-pay/local-stack/servers/control-sandbox.ts";
import { freePort } from "@qonto-pay/local-stack/servers/free-port.ts";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { launchBrowser } from "../../tools/local-stack/test/launch-browser.ts";
import { payInBrowser } from "../../tools/local-stack/test/pay-in-browser.ts";
import { codeInDocument } from "../../tools/repo-checks/code-in-document.ts";
import { backend, folder, merchant, pay, qontoPay, server } from "./guides-setup.ts";

/** Runs the guides as written: makes their calls, opens their pages in a browser, and makes their payments. */

let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Port of a receiver of webhooks, instead of the one in the documents. */
let receiverPort: number;

beforeAll(async () => {
  browser = await launchBrowser();
  receiverPort = await freePort();
});

afterAll(() => browser.close());

beforeEach(async () => {
  context = await browser.newContext();
  page = await context.newPage();
});

afterEach(() => context.close());

/** Returns a guide's text with the Worker, the key and the port of this test. */
function adapted(text: string): string {
  return text
    .replaceAll(/https:\/\/pay\.your-shop\.eu|http:\/\/localhost:8787/g, backend.workerUrl)
    .replaceAll(/pk_live_yourshop|pk_sandbox_demo/g, merchant.publishable_key)
    .replaceAll(/(?<=localhost:|listen\()3001/g, String(receiverPort));
}

/** Runs the command of a guide that contains a text, and returns the JSON that it prints. */
async function runCommand<T>(guide: string, text: string): Promise<T> {
  const command = adapted(codeInDocument(`docs/guides/${guide}.md`, "sh", text));
  const env = { ...process.env, QONTO_PAY_SECRET_KEY: merchant.secret_key };
  const { stdout } = await promisify(execFile)("bash", ["-euc", command], { env });
  return JSON.parse(stdout) as T;
}

/** Opens the page of a guide that contains a text. A part of a page gets the script tag that the guide expects. */
async function openPage(guide: string, text: string): Promise<void> {
  const html = codeInDocument(`docs/guides/${guide}.md`, "html", text);
  const script = '<script type="module" src="https://pay.your-shop.eu/qonto-pay-button.js"></script>';
  const whole = html.includes("qonto-pay-button.js") ? html : `<!doctype html>${script}${html}`;
  writeFileSync(join(folder, "pages", `${guide}.html`), adapted(whole));
  await page.goto(`${server.origin}/pages/${guide}.html`);
}

async function payAtQonto(status = "Paid"): Promise<void> {
  await page.waitForURL(`${backend.sandboxUrl}/payment-links/**`);
  await payInBrowser(page, status);
  await expect.poll(() => page.locator("body").innerText()).toMatch(/paid/i);
}

async function eventsOf(type: string): Promise<readonly CheckoutSnapshot[]> {
  const found: CheckoutSnapshot[] = [];
  for await (const event of qontoPay.events.list()) {
    if (event.type !== type || !("checkout" in event.data) || event.data.checkout === undefined) continue;
    found.push(event.data.checkout);
  }
  return found;
}

const button = () => page.locator("qonto-pay-button button[part~=button]");

describe("docs/guides/first-button.md", () => {
  it("leads to a paid button, and the server sees the payment", async () => {
    await runCommand("first-button", "/v1/products/bowl");
    await openPage("first-button", "Tide bowl");
    await expect.poll(() => button().innerText()).toContain("€24.00");
    const thanks = page.getByText("Thank you!");
    expect(await thanks.isVisible()).toBe(false);
    await button().click();
    await payAtQonto();
    await openPage("first-button", "Tide bowl");
    await expect.poll(() => button().innerText()).toContain("Paid");
    expect(await thanks.isVisible()).toBe(true);
    const { data } = await runCommand<{ data: readonly CheckoutSnapshot[] }>("first-button", "status=paid");
    expect(data.map(({ amount }) => amount.value)).toEqual(["24.00"]);
  });

  it("leads to a receiver that prints what was sold", async () => {
    const { secret } = await runCommand<{ readonly secret: string }>("first-button", "webhook_endpoints");
    const place = join(folder, "receiver");
    mkdirSync(place);
    symlinkSync(
      fileURLToPath(new URL("../../tools/repo-checks/node_modules", import.meta.url)),
      join(place, "node_modules"),
    );
    writeFileSync(
      join(place, "webhooks.mjs"),
      adapted(codeInDocument("docs/reference/webhooks.md", "js", "createServer")),
    );
    const env = { ...process.env, QONTO_PAY_WEBHOOK_SECRET: secret };
    const receiver = spawn(process.execPath, ["webhooks.mjs"], {
      cwd: place,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    try {
      let printed = "";
      receiver.stdout.on("data", (text: Buffer) => (printed += text.toString()));
      await openPage("first-button", "Tide bowl");
      await button().click();
      await payAtQonto();
      await expect.poll(() => printed).toContain("checkout.paid");
      expect(printed).toContain('"products":[{"product":"bowl","quantity":1}]');

      // The link inside the button, for a browser without JavaScript.
      await context.close();
      context = await browser.newContext({ javaScriptEnabled: false });
      page = await context.newPage();
      await openPage("first-button", "Tide bowl");
      await page.getByRole("link", { name: "Buy the bowl" }).click();
      await payAtQonto();
      await expect.poll(() => printed).toMatch(/checkout\.payment_received .*"payment":\{"id"/);
    } finally {
      receiver.kill();
      await once(receiver, "exit");
    }
  });
});

describe("docs/guides/donation.md", () => {
  it("leads to a page for the amount that the visitor chose", async () => {
    await runCommand("donation", "/v1/products/donation");
    await openPage("donation", 'label="donate"');
    await expect.poll(() => button().innerText()).toContain("€10.00");
    await page.getByRole("radio", { name: "€20" }).check();
    await expect.poll(() => button().innerText()).toContain("€20.00");
    await page.getByRole("radio", { name: "Other" }).check();
    const field = page.getByRole("textbox", { name: "Amount in euros" });
    await field.fill("700");
    await expect
      .poll(() => page.locator("qonto-pay-button").getByRole("status").allInnerTexts())
      .toContain("Enter an amount from €1 to €500.");
    await field.fill("25,50");
    await expect.poll(() => button().innerText()).toContain("€25.50");
    await button().click();
    await page.waitForURL(`${backend.sandboxUrl}/payment-links/**`);
    expect(await page.locator("body").innerText()).toContain("25.50");
  });

  it("lets a visitor without JavaScript choose the amount", async () => {
    await context.close();
    context = await browser.newContext({ javaScriptEnabled: false });
    page = await context.newPage();
    await openPage("donation", 'label="donate"');
    await page.getByRole("link", { name: "Donate" }).click();
    await page.getByRole("spinbutton").fill("7.50");
    await page.getByRole("button").click();
    await page.waitForURL(`${backend.sandboxUrl}/payment-links/**`);
    expect(await page.locator("body").innerText()).toContain("7.50");
  });
});

describe("docs/guides/tickets.md", () => {
  type HoldSeat = (shopper: string) => Promise<string | null>;

  /** Returns the function of the guide, for a hall of a few seats. */
  async function loadHoldSeat(seats: number): Promise<HoldSeat> {
    const code = codeInDocument("docs/guides/tickets.md", "js", "holdSeat");
    expect(code).toContain("SEATS = 40");
    const module = join(folder, `tickets-${seats}.mjs`);
    writeFileSync(module, adapted(code).replace("SEATS = 40", `SEATS = ${seats}`));
    const modules = join(folder, "node_modules");
    if (!existsSync(modules)) symlinkSync(fileURLToPath(new URL("node_modules", import.meta.url)), modules);
    process.env["QONTO_PAY_SECRET_KEY"] = merchant.secret_key;
    return ((await import(module)) as { holdSeat: HoldSeat }).holdSeat;
  }

  it("limits the tickets of one order", async () => {
    await runCommand("tickets", "/v1/products/concert");
    await openPage("tickets", 'product="concert"');
    await expect.poll(() => button().innerText()).toContain("€18.00");
    const more = page.getByRole("button", { name: "Increase the quantity" });
    await more.click();
    await expect.poll(() => button().innerText()).toContain("€36.00");
    await more.click();
    await more.click();
    // At the limit, the step is disabled.
    await more.click({ force: true });
    expect(await page.getByRole("spinbutton").inputValue()).toBe("4");
    await expect.poll(() => button().innerText()).toContain("€72.00");
    const order = { publishable_key: merchant.publishable_key, product: "concert", quantity: 5 };
    const headers = { Origin: server.origin };
    const response = await fetch(`${backend.workerUrl}/v1/checkouts`, {
      method: "POST",
      headers,
      body: JSON.stringify(order),
    });
    expect(await response.json()).toMatchObject({ error: { code: "quantity_out_of_range" } });
  });

  it("sells the seat of a shopper whose link Qonto did not create, once Qonto answers again", async () => {
    const holdSeat = await loadHoldSeat(1);
    const fault = { operation: "createPaymentLink", status: 503, times: 0 };
    await controlSandbox(backend.sandboxUrl, "POST", "faults", fault);
    await expect(holdSeat("ada")).rejects.toMatchObject({ code: "qonto_unavailable" });
    await controlSandbox(backend.sandboxUrl, "DELETE", "faults");
    const url = await holdSeat("ada");
    expect(url).toContain(backend.sandboxUrl);
    expect([await holdSeat("ada"), await holdSeat("bob")]).toEqual([url, null]);
    for await (const { id, status } of qontoPay.checkouts.list({ reference: "concert/1" })) {
      if (status === "open") await qontoPay.checkouts.cancel(id);
    }
  });

  it("holds each seat for one shopper, and returns null when none is free", async () => {
    const holdSeat = await loadHoldSeat(2);
    const [first, second, again, third] = await Promise.all(["ada", "bob", "ada", "eve"].map(holdSeat));
    expect(new Set([first, second]).size).toBe(2);
    expect([again, third]).toEqual([first, null]);

    // The first seat is released, and the next shopper gets it.
    const [seat] = (await qontoPay.checkouts.list({ reference: "concert/1" })).data;
    await qontoPay.checkouts.cancel(seat?.id ?? "");
    const next = await holdSeat("eve");
    expect([first, second, null]).not.toContain(next);
    const [resold] = (await qontoPay.checkouts.list({ reference: "concert/1" })).data;
    await pay(resold?.id ?? "");
    await expect.poll(() => qontoPay.checkouts.get(resold?.id ?? "")).toMatchObject({ status: "paid" });
    await pay(seat?.id ?? "", true);
    await qontoPay.checkouts.sync(seat?.id ?? "");
    await expect
      .poll(async () => (await eventsOf("checkout.duplicate_payment")).map(({ id }) => id))
      .toEqual([seat?.id]);
  });
});

describe("docs/guides/invoice.md", () => {
  interface Invoice {
    readonly id: string;
    readonly status_url: string;
  }

  it("leads to a link that shows when the invoice is paid, and can't be paid twice", async () => {
    const { id, status_url: address } = await runCommand<Invoice>("invoice", "invoice_id");
    expect((await runCommand<Invoice>("invoice", "invoice_id")).id).toBe(id);
    await page.goto(address);
    const text = await page.getByRole("main").innerText();
    for (const fact of ["€240.00", "INV-2026-17"]) expect(text).toContain(fact);
    await page.getByRole("link", { name: "Go to payment" }).click();
    await payAtQonto();
    await page.goto(address);
    await expect.poll(() => page.getByRole("heading", { level: 1 }).innerText()).toContain("paid");
    const amount = { value: "240.00", currency: "EUR" };
    const items = [{ title: "Again", quantity: 1, price: amount, tax_behavior: "inclusive", vat_rate: "20" }] as const;
    const again = qontoPay.checkouts.create({ items: [...items], reference: "INV-2026-17" });
    await expect(again).rejects.toMatchObject({ code: "order_already_paid" });
  });

  it("replaces the link of an invoice with a later one", async () => {
    const { id } = await runCommand<Invoice>("invoice", "2026-0042");
    const price = { value: "118.80", currency: "EUR" };
    const items = [
      { title: "Invoice 2026-0042", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" },
    ] as const;
    const later = await qontoPay.checkouts.create({ items: [...items], total: price, reference: "2026-0042" });
    expect(later.id).not.toBe(id);
    expect(await qontoPay.checkouts.get(id)).toMatchObject({ superseded_by: later.id });
  });
});

describe("docs/guides/payment-link.md", () => {
  const linkWith = (end: string): string => {
    const [link = ""] = codeInDocument("docs/guides/payment-link.md", "text", end).trim().split("\n");
    return adapted(link);
  };

  it("leads from a plain link to a payment that names the product", async () => {
    await page.goto(linkWith("yourshop/mug\n"));
    await payAtQonto();
    await expect
      .poll(async () => (await eventsOf("checkout.payment_received")).map(({ products }) => products))
      .toContainEqual([{ product: "mug", quantity: 1 }]);
  });

  it("leads from a link with confirm to one payment for that quantity and reference", async () => {
    await page.goto(linkWith("confirm=1"));
    const text = await page.getByRole("main").innerText();
    for (const fact of ["€26.60", "Quantity: 2", "ORDER-7"]) expect(text).toContain(fact);
    await page.getByRole("button", { name: "Go to payment" }).click();
    await payAtQonto();
    const paid = async () => (await eventsOf("checkout.paid")).filter(({ reference }) => reference === "ORDER-7");
    await expect.poll(paid).toMatchObject([{ amount: { value: "26.60" }, opened_by: "button" }]);
  });

  it("leads from a form to Qonto's page", async () => {
    await openPage("payment-link", "<form");
    await page.getByLabel("Mugs").fill("3");
    await page.getByRole("button", { name: "Go to payment" }).click();
    await page.waitForURL(`${backend.sandboxUrl}/payment-links/**`);
    expect(await page.locator("body").innerText()).toContain("39.90");
  });
});

describe("docs/guides/website-builders.md", () => {
  it("shows a price in each of two HTML blocks of one page", async () => {
    const block = codeInDocument("docs/guides/website-builders.md", "html", "qonto-pay-button.js");
    writeFileSync(join(folder, "pages/blocks.html"), adapted(`<!doctype html>${block}<hr>${block}`));
    await page.goto(`${server.origin}/pages/blocks.html`);
    for (const place of [0, 1]) await expect.poll(() => button().nth(place).innerText()).toContain("€13.30");
  });
});
