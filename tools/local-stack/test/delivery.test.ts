import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectMerchant } from "../merchants/connect-merchant.ts";
import { DEMO_MERCHANT } from "../merchants/demo-merchant.ts";
import { freePorts } from "../servers/free-ports.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type LocalBackend, startLocalBackend } from "../servers/local-backend.ts";
import { type PageServer, startPageServer } from "./page-server.ts";

/** The script that a page pins: the Worker's responses, and a browser's behaviour. */

const stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-delivery-"));
const shopFolder = join(stateFolder, "shop");
let backend: LocalBackend;
let shop: PageServer;
let browser: Browser;
let page: Page;
let told: Told;

interface Pinned {
  readonly url: string;
  readonly integrity: string;
}

/** `/qonto-pay-button.json`. */
interface Told extends Pinned {
  readonly version: string;
  readonly chunks: readonly Pinned[];
}

beforeAll(async () => {
  mkdirSync(shopFolder);
  const ports = await freePorts();
  [backend, shop, browser] = await Promise.all([
    startLocalBackend({ stateFolder, sandboxPort: ports.sandbox, workerPort: ports.worker }),
    startPageServer({ shop: shopFolder }),
    launchBrowser(),
  ]);
  await connectMerchant(DEMO_MERCHANT, { ...backend, shopUrl: shop.origin });
  told = (await (await ask("/qonto-pay-button.json")).json()) as Told;
});

afterAll(async () => {
  await Promise.all([browser.close(), shop.close(), backend.close()]);
  rmSync(stateFolder, { recursive: true, force: true });
});

beforeEach(async () => {
  page = await browser.newPage();
});

afterEach(async () => {
  await page.close();
});

/** Requests the Worker as a page of another origin does. */
function ask(path: string): Promise<Response> {
  return fetch(`${backend.workerUrl}${path}`, { headers: { Origin: shop.origin } });
}

async function hashOf(path: string): Promise<string> {
  const bytes = new Uint8Array(await (await ask(path)).arrayBuffer());
  return `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
}

interface PinnedPage {
  /** Address of the script, relative to the Worker. */
  readonly url: string;
  /** Hash in the script tag. */
  readonly integrity: string;
  readonly lang?: string;
  /** The hashes of an import map, by the address of the module. */
  readonly mapped?: Readonly<Record<string, string>>;
}

/** Shows a page of the shop that pins the script. */
async function open({ url, integrity, lang = "en", mapped = {} }: PinnedPage): Promise<void> {
  const map = `<script type="importmap">${JSON.stringify({ integrity: mapped })}</script>`;
  const src = `${backend.workerUrl}${url}`;
  const tag = `<script type="module" src="${src}" integrity="${integrity}" crossorigin></script>`;
  const button = '<qonto-pay-button publishable-key="pk_sandbox_demo" product="mug" show-amount></qonto-pay-button>';
  const html = `<!doctype html><html lang="${lang}"><title>A pinned script</title>${map}${tag}${button}</html>`;
  writeFileSync(join(shopFolder, "index.html"), html);
  await page.goto(`${shop.origin}/shop/`);
}

/** The button's text in German. */
const GERMAN = "Bezahlen";

const ANOTHER_HASH = `sha384-${createHash("sha384").update("another").digest("base64")}`;

/** The address of the chunk with the German texts. */
function germanChunk(): string {
  const chunk = told.chunks.find(({ url }) => url.includes("/qonto-pay-chunks/de-"));
  return `${backend.workerUrl}${chunk?.url}`;
}

/** The browser blocked a script because of its hash. */
function refusal(): Promise<unknown> {
  return page.waitForEvent("console", (message) => message.text().includes("integrity"));
}

describe("the Worker's response", () => {
  it("contains the address of the version and its hash", async () => {
    expect(told.url).toBe(`/qonto-pay-button/${told.version}/qonto-pay-button.js`);
    expect(told.integrity).toBe(await hashOf(told.url));
    for (const { url, integrity } of told.chunks) expect(integrity, url).toBe(await hashOf(url));
  });

  it("may be cached forever if the address contains the version, and can be read by any page", async () => {
    const ownChunks = told.chunks.map(({ url }) => url);
    const movingChunks = ownChunks.map((url) => url.slice(url.indexOf("/qonto-pay-chunks/")));
    for (const url of [told.url, ...ownChunks, ...movingChunks]) {
      const { status, headers } = await ask(url);
      expect({ status, ...Object.fromEntries(headers) }, url).toMatchObject({
        status: 200,
        "access-control-allow-origin": "*",
        "cache-control": "public, max-age=31536000, immutable",
        "content-type": expect.stringMatching(/^text\/javascript/),
        "cross-origin-resource-policy": "cross-origin",
        "x-content-type-options": "nosniff",
      });
    }
  });

  it.each([
    ["/qonto-pay-button.js", "public, max-age=300, stale-while-revalidate=300"],
    ["/qonto-pay-button.json", "public, max-age=300"],
    ["/qonto-pay-status.js", "public, max-age=300, stale-while-revalidate=300"],
    ["/qonto-pay-status.json", "public, max-age=300"],
  ])("is revalidated if the address moves with the releases: %s", async (path, cacheControl) => {
    const { status, headers } = await ask(path);
    expect({ status, ...Object.fromEntries(headers) }).toMatchObject({
      status: 200,
      "access-control-allow-origin": "*",
      "cache-control": cacheControl,
      "cross-origin-resource-policy": "cross-origin",
      "x-content-type-options": "nosniff",
    });
  });

  it.each(["/qonto-pay-button/9.9.9/qonto-pay-button.js", "/qonto-pay-chunks/none-00000000.js"])(
    "is not cached forever if nothing exists at the address: %s",
    async (path) => {
      const { status, headers } = await ask(path);
      expect({ status, cacheControl: headers.get("cache-control") }).toEqual({ status: 404, cacheControl: "no-store" });
    },
  );
});

describe("a page that pins the script", () => {
  it("gets a button that works", async () => {
    await open(told);
    await expect.poll(() => page.getByRole("button").innerText()).toContain("€13.30");
    await page.getByRole("button").click();
    await page.waitForURL(`${backend.sandboxUrl}/payment-links/**`);
  });

  it("runs no script with another hash", async () => {
    const refused = refusal();
    await open({ ...told, integrity: ANOTHER_HASH });
    await refused;
    expect(await page.evaluate(() => customElements.get("qonto-pay-button") === undefined)).toBe(true);
    expect(await page.getByRole("button").count()).toBe(0);
  });

  it("gets the status of a checkout with a script of its own", async () => {
    const status = (await (await ask("/qonto-pay-status.json")).json()) as Told;
    await open(status);
    await page.waitForFunction(() => customElements.get("qonto-pay-status") !== undefined);
    expect(await page.evaluate(() => customElements.get("qonto-pay-button") === undefined)).toBe(true);
  });

  it("gets chunks of the version that it pins", async () => {
    const loaded = page.waitForResponse(germanChunk());
    await open({ ...told, lang: "de" });
    expect((await loaded).status()).toBe(200);
    await expect.poll(() => page.getByRole("button").innerText()).toContain(GERMAN);
  });

  it("may pin the chunks with an import map: a chunk with another hash is not run, and the button works", async () => {
    const refused = refusal();
    await open({ ...told, lang: "de", mapped: { [germanChunk()]: ANOTHER_HASH } });
    await refused;
    await expect.poll(() => page.getByRole("button").innerText()).toContain("Pay");
  });
});
