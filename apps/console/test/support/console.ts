import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHROMIUM_ARGS, findChromium } from "@qonto-pay/browsers";
import { WorkerApi } from "@qonto-pay/local-stack/merchants/worker-api.ts";
import { controlSandbox } from "@qonto-pay/local-stack/servers/control-sandbox.ts";
import { freePorts } from "@qonto-pay/local-stack/servers/free-ports.ts";
import { type LocalStack, startLocalStack } from "@qonto-pay/local-stack/servers/local-stack.ts";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";

/** The languages of the console, and the size of the smallest phone. */
export const LANGUAGES = ["en", "fr", "de", "es", "it"] as const;
export const PHONE = { width: 360, height: 740 };

export interface Opened {
  readonly id: string;
  readonly payment_link: { readonly id: string };
}

/** The console in a real browser, served by the Worker in workerd, with the sandbox behind it. */
export class TestConsole {
  stack!: LocalStack;
  browser!: Browser;
  context!: BrowserContext;
  page!: Page;
  /** Messages of the browser's console, and requests to other hosts. Each test expects none. */
  mistakes: string[] = [];

  get url(): string {
    return `${this.stack.workerUrl}/console`;
  }

  /** The API as the merchant's server calls it. */
  get server(): WorkerApi {
    return new WorkerApi(this.stack.workerUrl, this.stack.secretKey);
  }

  /** Opens a checkout as the merchant's server. */
  async openCheckout(reference: string): Promise<Opened> {
    const price = { value: "12.00", currency: "EUR" };
    const item = { title: "Stoneware mug", quantity: 2, price, vat_rate: "20", tax_behavior: "exclusive" };
    return this.server.call<Opened>("POST", "checkouts", {
      body: { items: [item], reference },
      idempotencyKey: crypto.randomUUID(),
    });
  }

  /** Lets a shopper pay at the sandbox. */
  async pay({ payment_link }: Opened): Promise<void> {
    const control = `payment_links/${payment_link.id}/payments`;
    await controlSandbox(this.stack.sandboxUrl, "POST", control, { status: "paid" });
  }

  /** Replaces the browser's window and its storage. */
  async visitAs(options: BrowserContextOptions): Promise<void> {
    await this.context?.close();
    this.context = await this.browser.newContext({ locale: "en", viewport: PHONE, ...options });
    this.page = await this.context.newPage();
    this.page.on("pageerror", (error) => this.mistakes.push(error.message));
    this.page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") this.mistakes.push(message.text());
    });
    this.page.on("request", (request) => {
      if (!request.url().startsWith(this.stack.workerUrl)) this.mistakes.push(`request to ${request.url()}`);
    });
  }

  /** Opens a page of the console, signed in without the form. */
  async open(address = ""): Promise<void> {
    const response = await this.context.request.post(`${this.stack.workerUrl}/v1/console/session`, {
      headers: { "Qonto-Pay-Console": "1", Origin: this.stack.workerUrl },
      data: { secret_key: this.stack.secretKey },
    });
    expect(response.status()).toBe(201);
    await this.page.addInitScript(() => localStorage.setItem("qonto-pay-console-session", "1"));
    await this.page.goto(`${this.url}${address}`);
  }
}

/** Starts the product and a browser before the tests of a file. Each test gets a new window on a phone. */
export function startConsole(): TestConsole {
  const console = new TestConsole();
  const stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-console-"));
  beforeAll(async () => {
    const ports = await freePorts();
    const options = { stateFolder, sandboxPort: ports.sandbox, workerPort: ports.worker, shopPort: ports.shop };
    [console.stack, console.browser] = await Promise.all([
      startLocalStack({ ...options, isSandboxKept: false }),
      chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_ARGS] }),
    ]);
  });
  afterAll(async () => {
    await console.browser.close();
    await console.stack.close();
    rmSync(stateFolder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    console.mistakes = [];
    await console.visitAs({});
  });
  afterEach(async () => {
    await console.context.close();
    expect(console.mistakes).toEqual([]);
  });
  return console;
}
