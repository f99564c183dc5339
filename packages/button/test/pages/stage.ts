import { readFile } from "node:fs/promises";
import type { RequestListener } from "node:http";
import { fileURLToPath } from "node:url";
import { CHROMIUM_ARGS, findChromium } from "@qonto-pay/browsers";
import { type Browser, chromium } from "playwright-core";
import { type Journal, type Script, scriptedWorker } from "../support/scripted-worker.ts";
import { startLocalServer } from "../support/local-server.ts";

const BUILT = fileURLToPath(new URL("../../dist/script", import.meta.url));
const FONTS = fileURLToPath(new URL("../node_modules/@fontsource/inter/files", import.meta.url));

/** A shop and a Worker at two addresses, which serve the built scripts, and a browser. */
export interface Stage {
  readonly browser: Browser;
  /** Origin of the Worker, which also serves the scripts. */
  readonly worker: string;
  readonly shop: string;
  /** Adds a page to the shop. @returns its address. */
  readonly putPage: (html: string, headers?: Readonly<Record<string, string>>) => string;
  /** Sets the Worker's responses for a product. See `scriptedWorker`. */
  readonly setScript: (product: string, script: Script) => Promise<void>;
  readonly journal: (product: string) => Promise<Journal>;
  readonly close: () => Promise<void>;
}

/**
 * Opens the stage.
 *
 * @param executablePath the Chromium to use. Default: the one that `findChromium` finds.
 */
export async function openStage(args: readonly string[] = [], executablePath?: string): Promise<Stage> {
  const answer = scriptedWorker();
  const pages = new Map<string, { html: string; headers: Readonly<Record<string, string>> }>();
  const workerServer = await startLocalServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://worker").pathname;
    if (!/^\/[\w/-]+\.js$/.test(path)) return void answer(request, response);
    response.setHeader("Access-Control-Allow-Origin", "*");
    return void sendFile(response, BUILT + path, "text/javascript");
  });
  const shopServer = await startLocalServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://shop");
    if (pathname.endsWith(".woff2")) return void sendFile(response, FONTS + pathname, "font/woff2");
    // A Chromium with a window requests the icon; the one from npm does not.
    if (pathname === "/favicon.ico") return void response.writeHead(204).end();
    const page = pages.get(pathname);
    if (page === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...page.headers }).end(page.html);
  });
  const browser = await chromium.launch({
    executablePath: executablePath ?? (await findChromium()),
    args: [...CHROMIUM_ARGS, ...args],
  });

  return {
    browser,
    worker: workerServer.origin,
    shop: shopServer.origin,
    putPage: (html, headers = {}) => {
      const path = `/${pages.size}`;
      pages.set(path, { html, headers });
      return shopServer.origin + path;
    },
    setScript: async (product, script) => {
      await fetch(`${workerServer.origin}/_script/${product}`, { method: "PUT", body: JSON.stringify(script) });
    },
    journal: async (product) => (await (await fetch(`${workerServer.origin}/_journal/${product}`)).json()) as Journal,
    close: async () => {
      await browser.close();
      workerServer.close();
      shopServer.close();
    },
  };
}

async function sendFile(response: Parameters<RequestListener>[1], path: string, type: string): Promise<void> {
  try {
    const content = await readFile(path);
    response.writeHead(200, { "Content-Type": type }).end(content);
  } catch {
    response.writeHead(404).end();
  }
}
