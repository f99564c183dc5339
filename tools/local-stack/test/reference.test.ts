import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CHROMIUM_ARGS, findChromium } from "@qonto-pay/browsers";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freePorts } from "../servers/free-ports.ts";
import { type RunningStart, runStart } from "./start-process.ts";

/** The reference of the API from a plugin author's point of view: served by the Worker, read in a real browser. */

const stateFolder = mkdtempSync(join(tmpdir(), "qonto-pay-reference-"));
let running: RunningStart;
let browser: Browser;

beforeAll(async () => {
  [running, browser] = await Promise.all([
    freePorts().then((ports) => runStart(stateFolder, ports)),
    findChromium().then((executablePath) => chromium.launch({ executablePath, args: [...CHROMIUM_ARGS] })),
  ]);
});

afterAll(async () => {
  await browser.close();
  await running.interrupt();
  rmSync(stateFolder, { recursive: true, force: true });
});

describe("GET /openapi.json", () => {
  it("is OpenAPI 3.1 that any page may read", async () => {
    const response = await fetch(`${running.workerUrl}/openapi.json`);
    expect(response.headers.get("Content-Type")).toMatch(/^application\/json/);
    expect(response.headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(await response.json()).toMatchObject({ openapi: "3.1.0", info: { title: "qonto-pay Worker API" } });
  });
});

describe("GET /docs/errors", () => {
  it("is the page that an error links to", async () => {
    const refused = await fetch(`${running.workerUrl}/v1/events`);
    const { error } = (await refused.json()) as { readonly error: { readonly code: string; readonly doc_url: string } };
    const page = await fetch(error.doc_url);
    expect(page.status).toBe(200);
    expect(page.headers.get("Content-Security-Policy")).toContain("default-src 'none'");
    expect(error.code).toBe("invalid_key");
    expect(await page.text()).toContain(`<section id="${new URL(error.doc_url).hash.slice(1)}">`);
  });

  it("fits a phone, and shows code as code", async () => {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.goto(`${running.workerUrl}/docs/errors`);
    const { width, text } = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth,
      text: document.body.textContent,
    }));
    expect(width).toBe(360);
    expect(text).toContain("Retry-After");
    expect(text).not.toContain("`");
    await page.close();
  });
});

describe("GET /docs", () => {
  it.each([
    { name: "light", colorScheme: "light", width: 1280, dark: false },
    { name: "dark", colorScheme: "dark", width: 1280, dark: true },
    { name: "on a phone", colorScheme: "light", width: 360, dark: false },
  ] as const)("shows an operation, sends requests to no other host, and has no error: $name", async (look) => {
    const page = await browser.newPage({ viewport: { width: look.width, height: 800 }, colorScheme: look.colorScheme });
    const elsewhere: string[] = [];
    const mistakes: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(running.workerUrl) && !request.url().startsWith("data:"))
        elsewhere.push(request.url());
    });
    page.on("pageerror", (error) => mistakes.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") mistakes.push(message.text());
    });
    await page.goto(`${running.workerUrl}/docs#tag/checkouts/POST/v1/checkouts`);
    await page.getByRole("heading", { name: "Open a checkout" }).waitFor();
    const { background, width } = await page.evaluate(() => ({
      background: getComputedStyle(document.body).backgroundColor,
      width: document.documentElement.scrollWidth,
    }));
    const [red = 0] = /\d+/.exec(background)?.map(Number) ?? [];
    expect({ isDark: red < 128, width }).toEqual({ isDark: look.dark, width: look.width });
    expect({ elsewhere, mistakes }).toEqual({ elsewhere: [], mistakes: [] });
    await page.close();
  });
});
