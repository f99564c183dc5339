import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";

/** Returns the CPU time of the main thread from the navigation to the first contentful paint, in milliseconds. */
export async function renderCpuTime(browser: Browser, address: string): Promise<number> {
  return inNewContext(browser, async (page, context) => {
    const cdp = await context.newCDPSession(page);
    // The first page of an origin gets a process, and the metrics are those of a process.
    await page.goto(new URL("/empty", address).href);
    await cdp.send("Performance.enable", { timeDomain: "threadTicks" });
    const before = await taskSeconds(cdp);
    await page.goto(address);
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          new PerformanceObserver((list) => {
            if (list.getEntriesByName("first-contentful-paint").length > 0) resolve();
          }).observe({ type: "paint", buffered: true });
        }),
    );
    return ((await taskSeconds(cdp)) - before) * 1000;
  });
}

async function taskSeconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN;
}

/** Events of the trace that contain all script after a click: its handlers, and the continuations of promises. */
const SCRIPT = /^(EventDispatch|FunctionCall|v8\.callFunction|BlinkScheduler_PerformMicrotaskCheckpoint)$/;
const CATEGORIES = ["blink", "devtools.timeline", "toplevel"];

/** An event of Chromium's trace. Times are in microseconds. */
interface TraceEvent {
  readonly name: string;
  /** `X` for an event with a duration. */
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** CPU time of the thread. */
  readonly tdur?: number;
  readonly args?: { readonly data?: { readonly type?: string } };
}

/**
 * Returns the CPU time of the script from a click on the page's button to the end of this page's part, in milliseconds.
 * The animation while the shopper waits does not count: a busy machine shows more of it.
 *
 * @param untilLeft returns a promise that resolves when the pay page is requested. Called before the click.
 */
export async function clickCpuTime(browser: Browser, address: string, untilLeft: () => Promise<void>): Promise<number> {
  return inNewContext(browser, async (page) => {
    await page.goto(address);
    await page.getByRole("button").waitFor();
    await browser.startTracing(page, { categories: CATEGORIES });
    const left = untilLeft();
    // A real click would wait for the navigation, which never ends.
    await page.evaluate(() => {
      const host = document.querySelector("main :is(button, lit-pay-button, qonto-pay-button)") as HTMLElement;
      const button = host.shadowRoot?.querySelector("button") ?? host;
      setTimeout(() => button.click());
    });
    await left;
    const trace = (await browser.stopTracing()).toString();
    return scriptTime((JSON.parse(trace) as { traceEvents: readonly TraceEvent[] }).traceEvents);
  });
}

function scriptTime(events: readonly TraceEvent[]): number {
  const click = events.find(({ name, args }) => name === "EventDispatch" && args?.data?.type === "click");
  if (click === undefined) throw new Error("The trace contains no click.");
  const { pid, tid, ts: start } = click;
  const script = events
    .filter((event) => event.pid === pid && event.tid === tid && event.ts >= start && event.ph === "X")
    .filter(({ name }) => SCRIPT.test(name))
    .toSorted((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  let end = 0;
  let microseconds = 0;
  for (const { ts, dur = 0, tdur = 0 } of script) {
    // Inside of another event, which counts it already.
    if (ts < end) continue;
    end = ts + dur;
    microseconds += tdur;
  }
  return microseconds / 1000;
}

/** A context of its own has a process of its own: nothing is compiled or cached yet. */
async function inNewContext(
  browser: Browser,
  measure: (page: Page, context: BrowserContext) => Promise<number>,
): Promise<number> {
  const context = await browser.newContext();
  try {
    return await measure(await context.newPage(), context);
  } finally {
    await context.close();
  }
}
