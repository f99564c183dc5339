/**
 * `pnpm bench:button [pairs]`: compares the button with a button in 60 lines of Lit, and with one in plain HTML, pair by
 * pair in one Chromium.
 *
 * 1. First render, beside the Lit button: from the navigation to the first contentful paint of a page with 1 or 100
 *    buttons.
 * 2. Click, beside the plain button: the script from the click to the request for the pay page, and the requests until
 *    then, to a Worker at another origin.
 *
 * All times are CPU times of the page's main thread: waiting for a busy processor does not count. `pairs` is the largest
 * number of pairs for each comparison, 200 by default.
 *
 * Prints whether each promise of `packages/button/README.md` holds, and exits with 1 if one does not.
 */
import { CHROMIUM_ARGS, findChromium } from "@qonto-pay/browsers";
import { chromium } from "playwright-core";
import { clickCpuTime, renderCpuTime } from "./cpu-time.ts";
import type { Contestant } from "./pages.ts";
import { comparePairs, median } from "./pairs.ts";
import { startShopServer } from "./shop-server.ts";
import { startWorkerServer } from "./worker-server.ts";

const MOST_PAIRS = Number(process.argv[2] ?? 200);
const MOST_RENDER_RATIO = 1.1;
const MOST_CLICK_RATIO = 1.5;
const EXPECTED_REQUESTS = "POST /v1/checkouts, GET /pay";

const worker = await startWorkerServer();
const shop = await startShopServer(worker.origin);
// On a local page, the button also loads its help for developers.
const args = [...CHROMIUM_ARGS, "--host-resolver-rules=MAP shop.example 127.0.0.1"];
const browser = await chromium.launch({ executablePath: await findChromium(), args });
const broken: string[] = [];
const addressOf = (contestant: Contestant, count: number): string =>
  `${shop.origin.replace("127.0.0.1", "shop.example")}/?${new URLSearchParams({ of: contestant, count: String(count) }).toString()}`;

try {
  for (const count of [1, 100]) {
    await compare(
      `the main thread until the first contentful paint of ${count === 1 ? "1 button" : `${count} buttons`}`,
      "60-line Lit",
      MOST_RENDER_RATIO,
      (contestant) => renderCpuTime(browser, addressOf(contestant, count)),
    );
  }
  const requests = new Set<string>();
  await compare("the script of a click", "plain HTML", MOST_CLICK_RATIO, async (contestant) => {
    const time = await clickCpuTime(browser, addressOf(contestant, 1), () => {
      // Discards the requests of the page and its script.
      worker.takeRequests();
      return worker.untilLeft();
    });
    const sent = worker.takeRequests().join(", ");
    if (contestant === "qonto-pay-button") requests.add(sent);
    return time;
  });
  console.log(`\nRequests of a click: ${[...requests].join(" | ")}`);
  judge("one request, and no preflight", [...requests].join() === EXPECTED_REQUESTS);
} finally {
  await browser.close();
  shop.close();
  worker.close();
}
console.log(broken.length === 0 ? "\nAll promises hold." : `\nDoes not hold: ${broken.join("; ")}.`);
process.exitCode = broken.length === 0 ? 0 : 1;

async function compare(
  what: string,
  other: Contestant,
  limit: number,
  measure: (contestant: Contestant) => Promise<number>,
): Promise<void> {
  const { pairs, ratio, low, high, holds } = await comparePairs(
    () => measure("qonto-pay-button"),
    () => measure(other),
    limit,
    MOST_PAIRS,
  );
  const [ours, theirs] = [pairs.map((pair) => pair.ours), pairs.map((pair) => pair.theirs)].map(median);
  console.log(`\nCPU time of ${what}, ${pairs.length} pairs`);
  console.log(`  medians: qonto-pay-button ${ours?.toFixed(2)} ms, ${other} ${theirs?.toFixed(2)} ms`);
  console.log(`  ratio: ${ratio.toFixed(3)}, with 99% confidence from ${low.toFixed(3)} to ${high.toFixed(3)}`);
  judge(`${what}: at most ${limit} times that of ${other}`, holds);
}

function judge(promise: string, holds: boolean): void {
  console.log(`  ${promise}: ${holds ? "holds" : "does not hold"}`);
  if (!holds) broken.push(promise);
}
