import { parseArgs } from "node:util";
import { startSandbox } from "@qonto-pay/sandbox";
import { cpuRatio, measureCosts, printCosts } from "./bench/cost/compare-costs.ts";
import { BUNDLE } from "./bench/cost/our-worker.ts";
import { startSharedLinkFloor, startSharedLinkWorker } from "./bench/cost/shared-link-sides.ts";
import { controlSandbox } from "./servers/control-sandbox.ts";
import { freePort } from "./servers/free-port.ts";
import { LOOPBACK } from "./servers/loopback.ts";

/**
 * `pnpm bench:shared-link`: compares what a repeated request for the shared link of a product costs with its floor
 * (`bench/cost/floors/shared-link.js`), in turns. Prints the processor time of a request in each workerd process. Exits
 * with code 1 if a request costs more than promised, or if any of them causes a call to Qonto.
 */

/** The floor's processor time, divided by the Worker's. */
const LEAST_CPU_RATIO = 0.85;

const { values } = parseArgs({
  options: { rounds: { type: "string", default: "200" }, requests: { type: "string", default: "30" } },
});

const sandbox = await startSandbox({ port: await freePort(), host: LOOPBACK, rateLimits: false });
await controlSandbox(sandbox.url, "PUT", "webhooks", { mode: "drop" });
const worker = await startSharedLinkWorker({ modulesRoot: BUNDLE, sandboxUrl: sandbox.url });
const sides = [worker, await startSharedLinkFloor()];
try {
  await controlSandbox(sandbox.url, "DELETE", "journal");
  const measurement = { rounds: Number(values.rounds), requests: Number(values.requests) };
  const [redirect, least] = await measureCosts(sides, measurement);
  if (redirect === undefined || least === undefined) throw new TypeError("a side was not measured");
  const calls = await countCalls(sandbox.url);
  printCosts([redirect, least]);
  const { value, noise } = cpuRatio(least, redirect);
  console.log(`\nCPU, floor / this version: ${value.toFixed(2)} ± ${noise.toFixed(2)}, at least ${LEAST_CPU_RATIO}`);
  console.log(`Calls to Qonto: ${calls}, none allowed`);
  process.exitCode = value >= LEAST_CPU_RATIO && calls === 0 ? 0 : 1;
} finally {
  await Promise.all(sides.map((side) => side.close()));
  await sandbox.close();
}

async function countCalls(sandboxUrl: string): Promise<number> {
  const journal = await fetch(`${sandboxUrl}/_sandbox/journal`);
  const { requests } = (await journal.json()) as { requests: readonly unknown[] };
  return requests.length;
}
