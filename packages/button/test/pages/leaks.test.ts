import type { CDPSession, Page } from "playwright-core";
import { expect, it } from "vitest";
import { checkoutAt, price, report } from "../support/answers.ts";
import { stage, useStage } from "./opened-page.ts";

const CYCLES = 1_000;
/** Number of buttons that load a price, a language, a checkout and a code. */
const WHOLE_LIVES = 100;
/** Buttons at the same time. A browser opens only a few connections to one host. */
const AT_ONCE = 4;
/** A leaked button takes about 10 kB. The browser's own temporary memory is less than this limit for all buttons. */
const MOST_GROWTH_BYTES = 1_000_000;

useStage();

interface Held {
  readonly bytes: number;
  readonly buttons: number;
  readonly nodes: number;
  readonly listeners: readonly string[];
}

/** Returns what the page still holds after garbage collection. */
async function heldBy(cdp: CDPSession): Promise<Held> {
  const buttons = await countButtons(cdp);
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const { nodes } = await cdp.send("Memory.getDOMCounters");
  return { bytes: usedSize, buttons, nodes, listeners: await listenersOf(cdp) };
}

async function countButtons(cdp: CDPSession): Promise<number> {
  // One collection may enable another one to free more.
  for (let round = 0; round < 3; round += 1) await cdp.send("HeapProfiler.collectGarbage");
  const { result } = await cdp.send("Runtime.evaluate", {
    expression: "customElements.get('qonto-pay-button').prototype",
  });
  const { objects } = await cdp.send("Runtime.queryObjects", { prototypeObjectId: result.objectId ?? "" });
  const { result: length } = await cdp.send("Runtime.callFunctionOn", {
    objectId: objects.objectId ?? "",
    functionDeclaration: "function () { return this.length }",
  });
  for (const { objectId = "" } of [result, objects]) await cdp.send("Runtime.releaseObject", { objectId });
  return Number(length.value);
}

async function listenersOf(cdp: CDPSession): Promise<readonly string[]> {
  const found: string[] = [];
  for (const expression of ["window", "document", "document.documentElement", "document.body"]) {
    const { result } = await cdp.send("Runtime.evaluate", { expression });
    const { listeners } = await cdp.send("DOMDebugger.getEventListeners", { objectId: result.objectId ?? "" });
    found.push(...listeners.map(({ type }) => `${type} of ${expression}`));
  }
  return found;
}

/** Mounts buttons with a price, a language, an open checkout and a code, and removes them. Runs in the page. */
async function mountAndUnmount({
  cycles,
  atOnce,
  html,
}: {
  cycles: number;
  atOnce: number;
  html: string;
}): Promise<void> {
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve));
  };
  for (let done = 0; done < cycles; done += atOnce) {
    const isOpen = localStorage.length > 0;
    document.body.innerHTML = html.repeat(atOnce);
    const elements = [...document.querySelectorAll("qonto-pay-button")];
    const textOf = (element: Element, part: string) => element.shadowRoot?.querySelector(`[part=${part}]`)?.textContent;
    await Promise.all(
      elements.map(async (element) => {
        const known = new Promise((resolve) => element.addEventListener("qonto-pay-status", resolve));
        await until(
          () => textOf(element, "amount") === "13,30\u00a0€" && element.shadowRoot?.querySelector("svg") == null,
        );
        if (isOpen) await known;
        element.click();
        await until(() => element.shadowRoot?.querySelector("svg") != null && textOf(element, "hint") !== "");
      }),
    );
    document.body.replaceChildren();
    // Another button would take over the code. Timers with the same delay fire in order.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
}

/** Mounts and unmounts buttons before any response arrives. Runs in the page. */
async function mountForAMoment({ cycles, html }: { cycles: number; html: string }): Promise<void> {
  for (let done = 0; done < cycles; done += 1) {
    document.body.innerHTML = html;
    const element = document.querySelector("qonto-pay-button");
    if (done % 2 === 0) await element?.updateComplete;
    if (done % 4 === 0) element?.click();
    element?.remove();
  }
}

async function openShop(): Promise<{ page: Page; cdp: CDPSession; html: string; product: string }> {
  const product = `product-${crypto.randomUUID()}`;
  await stage.setScript(product, {
    prices: [{ body: price() }],
    checkouts: [{ body: checkoutAt(`${stage.worker}/pay/${product}`, product) }],
    statuses: [report(product, "open")],
  });
  const page = await stage.browser.newPage();
  // Removed buttons give up their clicks at once.
  await page.addInitScript(() => {
    const own = window.setTimeout.bind(window);
    window.setTimeout = ((then: () => void, ms?: number) => own(then, ms === 2_000 ? 0 : ms)) as typeof setTimeout;
  });
  await page.goto(
    stage.putPage(`<!doctype html><script type="module" src="${stage.worker}/qonto-pay-button.js"></script><body>`),
  );
  const html = `<qonto-pay-button publishable-key="pk_sandbox_demo" product="${product}" show-amount lang="de" mode="qr" methods="paypal"></qonto-pay-button>`;
  return { page, cdp: await page.context().newCDPSession(page), html, product };
}

async function untilStreamsAreClosed(product: string): Promise<void> {
  await expect.poll(async () => (await stage.journal(product)).open_streams).toBe(0);
}

it(`${WHOLE_LIVES} buttons with a price, a language, an open checkout and a code do not leak memory`, {
  timeout: 120_000,
}, async () => {
  const { page, cdp, html, product } = await openShop();
  // Modules that are loaded once stay in memory.
  await page.evaluate(mountAndUnmount, { cycles: 40, atOnce: AT_ONCE, html });
  const before = await heldBy(cdp);
  await page.evaluate(mountAndUnmount, { cycles: WHOLE_LIVES, atOnce: AT_ONCE, html });
  await untilStreamsAreClosed(product);
  const after = await heldBy(cdp);
  expect(after.buttons).toBe(0);
  // The first button listens for input on the window.
  expect(after.listeners).toEqual(before.listeners);
  expect(after.nodes - before.nodes).toBeLessThan(100);
  expect(after.bytes - before.bytes).toBeLessThan(MOST_GROWTH_BYTES);
});

it(`${CYCLES} buttons that are removed before they are ready do not leak memory`, { timeout: 120_000 }, async () => {
  const { page, cdp, html, product } = await openShop();
  await page.evaluate(mountForAMoment, { cycles: 40, html });
  const before = await heldBy(cdp);
  await page.evaluate(mountForAMoment, { cycles: CYCLES, html });
  // Wait for the responses to their requests.
  await expect.poll(() => countButtons(cdp)).toBe(0);
  await untilStreamsAreClosed(product);
  const after = await heldBy(cdp);
  expect(after.buttons).toBe(0);
  // The first button listens for input on the window.
  expect(after.listeners).toEqual(before.listeners);
  expect(after.nodes - before.nodes).toBeLessThan(100);
  expect(after.bytes - before.bytes).toBeLessThan(MOST_GROWTH_BYTES);
});
