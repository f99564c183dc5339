import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHROMIUM_ARGS, findChromium } from "@qonto-pay/browsers";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { freePorts } from "../servers/free-ports.ts";
import { type LocalStack, startLocalStack } from "../servers/local-stack.ts";
import { readStartOptions } from "../command-line/start-options.ts";
import { WorkerApi } from "../merchants/worker-api.ts";
import { type PageServer, startPageServer } from "./page-server.ts";

/** `start --origin` with the host names that developers give to their shops, in a real browser. */

const NAMES = ["shop.test", "my-mac.local", "shop.localhost"];

const folder = mkdtempSync(join(tmpdir(), "qonto-pay-names-"));
let shop: PageServer;
let stack: LocalStack;
let browser: Browser;
let shopPort: string;

beforeAll(async () => {
  const ports = await freePorts();
  writeFileSync(
    join(folder, "index.html"),
    `<!doctype html><script type="module" src="http://localhost:${ports.worker}/qonto-pay-button.js"></script>
<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug" show-amount></qonto-pay-button>`,
  );
  shop = await startPageServer({ "": folder });
  shopPort = new URL(shop.origin).port;
  const typed = NAMES.flatMap((name) => ["--origin", `http://${name.toUpperCase()}:${shopPort}/`]);
  const options = readStartOptions([...typed, "--state", folder]);
  if (options === "help") throw new Error("no options were read");
  const at = { sandboxPort: ports.sandbox, workerPort: ports.worker, shopPort: ports.shop };
  [stack, browser] = await Promise.all([
    startLocalStack({ ...options, ...at, isSandboxKept: false }),
    // The names as `/etc/hosts` contains them on a developer's machine.
    chromium.launch({
      executablePath: await findChromium(),
      args: [...CHROMIUM_ARGS, `--host-resolver-rules=${NAMES.map((name) => `MAP ${name} 127.0.0.1`).join(",")}`],
    }),
  ]);
});

afterAll(async () => {
  await browser.close();
  await Promise.all([stack.close(), shop.close()]);
  rmSync(folder, { recursive: true, force: true });
});

it.each(NAMES)("a page at http://%s with a port shows the price, and leads to the pay page", async (name) => {
  const page = await browser.newPage();
  await page.goto(`http://${name}:${shopPort}/`);
  const button = page.getByRole("button");
  await expect.poll(() => button.innerText()).toMatch(/\d[.,]\d\d/);
  await button.click();
  await page.waitForURL(`http://localhost:${new URL(stack.sandboxUrl).port}/**`);
  await page.close();
});

it.each(NAMES)("a shop at http://%s with a port can have a success_url and a webhook endpoint", async (name) => {
  const server = new WorkerApi(stack.workerUrl, stack.secretKey);
  const item = {
    title: "Mug",
    quantity: 1,
    price: { value: "12.00", currency: "EUR" },
    vat_rate: "0",
    tax_behavior: "inclusive",
  };
  const success_url = `http://${name}:${shopPort}/thanks`;
  expect(await server.call("POST", "checkouts", { body: { items: [item], success_url } })).toMatchObject({
    success_url,
  });
  const url = `http://${name}:${shopPort}/hook`;
  expect(await server.call("POST", "webhook_endpoints", { body: { url } })).toMatchObject({ url });
});

it("the printed link signs one browser in to the console of the demo merchant", async () => {
  const { origin, pathname, hash } = new URL(stack.consoleLink);
  expect([origin, pathname]).toEqual([new URL(stack.workerUrl).origin, "/console"]);
  const follow = () =>
    fetch(`${stack.workerUrl}/v1/console/session`, {
      method: "POST",
      headers: { Origin: origin, "Qonto-Pay-Console": "1" },
      body: JSON.stringify({ link_token: hash.replace("#sign-in=", "") }),
    });
  const signedIn = await follow();
  expect(signedIn.status).toBe(201);
  expect(await signedIn.json()).toMatchObject({ merchant: "demo", role: "owner", name: "pnpm start" });
  expect((await follow()).status).toBe(401);
});
