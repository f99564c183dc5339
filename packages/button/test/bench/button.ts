/**
 * `pnpm bench:button [runs]`: compares the button with a button in plain HTML and with one in 60 lines of Lit, in turns
 * in one Chromium.
 *
 * 1. First render: from the navigation to the first contentful paint of a page with only 1 or 100 buttons, with the CPU
 *    throttled four times.
 * 2. Click: the script time in the page until the request for the pay page, and the requests until then, to a Worker at
 *    another origin.
 *
 * Exits with a non-zero code if a promise of `packages/button/README.md` does not hold.
 */
import { CHROMIUM_ARGS, findChromium } from "@qonto-pay/browsers";
import { type Browser, chromium, type CDPSession, type Page } from "playwright-core";
import { CONTESTANTS, type Contestant } from "./pages.ts";
import { startShopServer } from "./shop-server.ts";
import { startWorkerServer } from "./worker-server.ts";

const RUNS = Number(process.argv[2] ?? 60);
const MOST_RENDER_RATIO = 1.25;
const MOST_CLICK_MS = 5;
const EXPECTED_REQUESTS = ["POST /v1/checkouts", "GET /pay"].join(", ");

const worker = await startWorkerServer();
const shop = await startShopServer(worker.origin);
const browser = await chromium.launch({ executablePath: await findChromium(), args: [...CHROMIUM_ARGS] });
const broken: string[] = [];
try {
  for (const count of [1, 100]) await compareRenders(count);
  await compareClicks();
} finally {
  await browser.close();
  shop.close();
  worker.close();
}
for (const promise of broken) console.error(`Promise broken: ${promise}`);
process.exitCode = broken.length === 0 ? 0 : 1;

async function compareRenders(count: number): Promise<void> {
  const times = await inTurns((contestant) => timeRender(browser, contestant, count));
  console.log(`\nFirst contentful paint of ${count} button${count === 1 ? "" : "s"}, CPU throttled 4x, ${RUNS} runs`);
  for (const contestant of CONTESTANTS) print(contestant, times[contestant]);
  const ratio = median(pairwise(times["qonto-pay-button"], times["60-line Lit"]));
  console.log(`  qonto-pay-button / 60-line Lit, pair by pair, median: ${ratio.toFixed(2)}`);
  if (ratio > MOST_RENDER_RATIO) broken.push(`${count} rendered within ${MOST_RENDER_RATIO} x of the Lit button`);
}

async function compareClicks(): Promise<void> {
  const requests = new Set<string>();
  const times = await inTurns(async (contestant) => {
    const { ms, sent } = await timeClick(browser, contestant);
    if (contestant === "qonto-pay-button") requests.add(sent);
    return ms;
  });
  console.log(`\nScript from the click to the navigation, ${RUNS} runs`);
  for (const contestant of CONTESTANTS) print(contestant, times[contestant]);
  console.log(`  requests of qonto-pay-button: ${[...requests].join(" | ")}`);
  if (median(times["qonto-pay-button"]) > MOST_CLICK_MS) broken.push(`a click takes ${MOST_CLICK_MS} ms at most`);
  if ([...requests].join() !== EXPECTED_REQUESTS) broken.push("one request, and no preflight");
}

/** Measures each contestant once per round, so that a slow machine affects all of them. Ignores the first round. */
async function inTurns(measure: (contestant: Contestant) => Promise<number>): Promise<Record<Contestant, number[]>> {
  const times: Record<Contestant, number[]> = { "plain HTML": [], "60-line Lit": [], "qonto-pay-button": [] };
  for (let round = 0; round <= RUNS; round += 1) {
    for (const contestant of CONTESTANTS) {
      const time = await measure(contestant);
      if (round > 0) times[contestant].push(time);
    }
  }
  return times;
}

async function timeRender(on: Browser, contestant: Contestant, count: number): Promise<number> {
  const { page, cdp, close } = await openPage(on);
  await cdp.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  await page.goto(addressOf(contestant, count));
  const time = await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          for (const entry of list.getEntriesByName("first-contentful-paint")) resolve(entry.startTime);
        }).observe({ type: "paint", buffered: true });
      }),
  );
  await close();
  return time;
}

async function timeClick(on: Browser, contestant: Contestant): Promise<{ ms: number; sent: string }> {
  const { page, cdp, close } = await openPage(on);
  await page.goto(addressOf(contestant, 1));
  await page.getByRole("button").waitFor();
  await cdp.send("Performance.enable");
  worker.takeRequests();
  const before = await scriptSeconds(cdp);
  const left = worker.untilLeft();
  // A real click would wait for the navigation, which never ends.
  await page.evaluate(() => {
    const host = document.querySelector("main")?.firstElementChild as HTMLElement;
    const button = host.shadowRoot?.querySelector("button") ?? host;
    setTimeout(() => button.click());
  });
  await left;
  const ms = ((await scriptSeconds(cdp)) - before) * 1000;
  const sent = worker.takeRequests().join(", ");
  await close();
  return { ms, sent };
}

async function openPage(on: Browser): Promise<{ page: Page; cdp: CDPSession; close: () => Promise<void> }> {
  const context = await on.newContext();
  const page = await context.newPage();
  return { page, cdp: await context.newCDPSession(page), close: () => context.close() };
}

function addressOf(contestant: Contestant, count: number): string {
  return `${shop.origin}/?${new URLSearchParams({ of: contestant, count: String(count) }).toString()}`;
}

async function scriptSeconds(cdp: CDPSession): Promise<number> {
  const { metrics } = await cdp.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "ScriptDuration")?.value ?? NaN;
}

function print(contestant: Contestant, times: readonly number[]): void {
  const sorted = times.toSorted((one, other) => one - other);
  const [min = NaN, max = NaN] = [sorted[0], sorted.at(-1)];
  const figures = [min, median(times), max].map((time) => `${time.toFixed(1)} ms`).join(" / ");
  console.log(`  ${contestant.padEnd(18)} min / median / max: ${figures}`);
}

function pairwise(ours: readonly number[], theirs: readonly number[]): readonly number[] {
  return ours.map((time, index) => time / (theirs[index] ?? NaN));
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
