import { createServer, request as send, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { connectMerchant } from "../merchants/connect-merchant.ts";
import { DEMO_MERCHANT } from "../merchants/demo-merchant.ts";
import { freePorts } from "../servers/free-ports.ts";
import { type LocalBackend, startLocalBackend } from "../servers/local-backend.ts";
import { temporaryFolder } from "../servers/temporary-folder.ts";
import { launchBrowser } from "./launch-browser.ts";

/** A shopper during a flood: the real Worker, a real browser, and an address as Cloudflare would report it. */

let backend: LocalBackend;
let browser: Browser;
let proxy: Server;
let front: string;

beforeAll(async () => {
  const { worker: workerPort, sandbox: sandboxPort } = await freePorts();
  [backend, browser] = await Promise.all([
    startLocalBackend({ stateFolder: temporaryFolder("challenge"), isSandboxKept: false, workerPort, sandboxPort }),
    launchBrowser(),
  ]);
  // Requests of this machine have no limits, so the browser reaches the Worker with another address.
  proxy = createServer((incoming, outgoing) => {
    const headers = { ...incoming.headers, "CF-Connecting-IP": "203.0.113.7" };
    const { method, url: path } = incoming;
    const forwarded = send({ host: "127.0.0.1", port: workerPort, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    // The allowance grows with the time, so the flood uses it up right before each click.
    void (method === "POST" ? untilChallenged() : Promise.resolve()).then(() => incoming.pipe(forwarded));
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  front = `http://localhost:${(proxy.address() as AddressInfo).port}`;
  await connectMerchant(DEMO_MERCHANT, { ...backend, shopUrl: front });
});

let clients = 0;

/** Opens checkouts, each from another address, until one is challenged. */
async function untilChallenged(): Promise<void> {
  for (let status = 0; status !== 429; ) {
    clients += 1;
    const answer = await fetch(`${backend.workerUrl}/v1/checkouts`, {
      method: "POST",
      headers: { Origin: front, "CF-Connecting-IP": `198.51.100.${clients}` },
      body: JSON.stringify({ publishable_key: "pk_sandbox_demo", product: "mug" }),
    });
    await answer.text();
    ({ status } = answer);
  }
}

afterAll(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await Promise.all([browser.close(), backend.close()]);
});

/** Returns the statuses of the answers to a page's POST requests. */
function postsOf(page: Page): readonly number[] {
  const statuses: number[] = [];
  page.on("response", (response) => {
    if (response.request().method() === "POST") statuses.push(response.status());
  });
  return statuses;
}

it("the form of a product solves the challenge and leads to the pay page", async () => {
  const page = await browser.newPage();
  const statuses = postsOf(page);
  await page.goto(`${front}/pay/pk_sandbox_demo/mug?confirm=1`);
  await page.getByRole("button").click();
  await page.waitForURL(`${backend.sandboxUrl}/payment-links/**`);
  expect(statuses).toEqual([429, 303]);
  await page.close();
});

it("a button solves the challenge and leads to the pay page", async () => {
  const page = await browser.newPage();
  const statuses = postsOf(page);
  await page.route(`${front}/shop`, (route) =>
    route.fulfill({
      contentType: "text/html",
      body: `<!doctype html><script type="module" src="${front}/qonto-pay-button.js"></script>
<qonto-pay-button publishable-key="pk_sandbox_demo" product="poster" price="9.99" currency="EUR"></qonto-pay-button>`,
    }),
  );
  await page.goto(`${front}/shop`);
  await page.getByRole("button").click();
  await page.waitForURL(`${backend.sandboxUrl}/payment-links/**`);
  expect(statuses.filter((status) => status !== 200)).toEqual([429, 201]);
  await page.close();
});
