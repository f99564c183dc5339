import type { BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { checkoutAt, price, workerError } from "../support/answers.ts";
import { ATTRIBUTES, HOSTILE_VALUES } from "./hostile-values.ts";
import { startLocalServer } from "../support/local-server.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
let context: BrowserContext;
let page: Page;
/** Events that must not happen. */
let happened: string[];
/** Origins that were requested, except those of the shop and its Worker. */
let asked: Set<string>;

/** Accepts every request, so that each value gets as far as possible. */
let worker: { readonly origin: string; readonly close: () => void };

beforeAll(async () => {
  stage = await openStage();
  worker = await startLocalServer((request, response) => {
    const answers: Readonly<Record<string, [number, object]>> = {
      "/v1/checkouts": [201, checkoutAt(`${worker.origin}/pay/x`, "x")],
      "/v1/prices": [200, price()],
    };
    const [status, body] = answers[request.url ?? ""] ?? [404, workerError("not_found", "No.")];
    response.writeHead(status, { "Access-Control-Allow-Origin": "*", "Content-Type": "application/json" });
    response.end(JSON.stringify(body));
  });
});
afterAll(async () => {
  await stage.close();
  worker.close();
});

beforeEach(async () => {
  context = await stage.browser.newContext();
  happened = [];
  asked = new Set();
  const own = [stage.worker, stage.shop, worker.origin];
  await context.route(
    ({ origin }) => !own.includes(origin),
    (route) => {
      asked.add(new URL(route.request().url()).origin);
      return route.abort();
    },
  );
  page = await context.newPage();
  await page.goto(
    stage.putPage(
      `<!doctype html><title>A shop</title><script type="module" src="${stage.worker}/qonto-pay-button.js"></script><main></main>`,
    ),
  );
  page.on("framenavigated", (frame) => happened.push(`navigation to ${frame.url()}`));
  page.on("dialog", (dialog) => happened.push(`dialog ${dialog.message()}`));
  page.on("pageerror", (error) => happened.push(String(error)));
  context.on("page", () => happened.push("tab"));
});
afterEach(() => context.close());

interface Clicks {
  readonly attribute: string;
  readonly values: readonly string[];
  readonly endpoint: string;
}

/** Clicks a button for each value, and returns everything that appeared. Runs in the page. */
async function clickAll({ attribute, values, endpoint }: Clicks): Promise<readonly string[]> {
  const seen: string[] = [];
  const elements = values.map((value) => {
    const element = document.createElement("qonto-pay-button");
    const attributes = {
      endpoint,
      "publishable-key": "pk_sandbox_demo",
      product: "mug",
      "show-amount": "",
      [attribute]: value,
    };
    for (const [name, given] of Object.entries(attributes)) element.setAttribute(name, given);
    const link = document.createElement("a");
    link.href = value;
    element.append(link);
    element.addEventListener("qonto-pay-redirect", (event) => {
      event.preventDefault();
      seen.push(`redirect to ${event.url}`);
    });
    document.querySelector("main")?.append(element);
    return element;
  });
  await Promise.all(elements.map((element) => element.updateComplete));
  if (elements.some(({ children }) => (children[0]?.getClientRects().length ?? 0) > 0)) seen.push("light DOM");
  for (const element of elements) element.click();
  for (const element of elements) {
    while (element.shadowRoot?.querySelector("button")?.hasAttribute("aria-busy")) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    for (const { localName } of element.shadowRoot?.querySelectorAll("*") ?? []) seen.push(localName);
    element.remove();
  }
  if ("owned" in globalThis) seen.push("script");
  if ("polluted" in {}) seen.push("polluted");
  return [...new Set(seen)];
}

/** The elements of the button. */
const KNOWN = ["button", "div", "p", "slot", "span"];

it.each(ATTRIBUTES)(`%s: ${HOSTILE_VALUES.length} hostile values have no effect`, async (attribute) => {
  const seen = await page.evaluate(clickAll, { attribute, values: HOSTILE_VALUES, endpoint: worker.origin });
  expect(seen.filter((what) => !KNOWN.includes(what) && what !== `redirect to ${worker.origin}/pay/x`)).toEqual([]);
  expect(seen).toContain("button");
  expect(happened).toEqual([]);
  expect([...asked].filter((origin) => attribute !== "endpoint" || !isNamed(origin))).toEqual([]);
});

/** Returns whether a hostile value, read as an `endpoint`, names this origin. */
function isNamed(origin: string): boolean {
  return HOSTILE_VALUES.some(
    (value) => /^(https?:\/)?\//.test(value) && URL.parse(value, stage.shop)?.origin === origin,
  );
}

it("at least 200 different values are tested", () => {
  expect(HOSTILE_VALUES.length * ATTRIBUTES.length).toBeGreaterThan(200);
  expect(new Set(HOSTILE_VALUES).size).toBe(HOSTILE_VALUES.length);
});
