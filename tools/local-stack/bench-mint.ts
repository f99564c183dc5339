import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { startSandbox } from "@qonto-pay/sandbox";
import { printClickParts } from "./bench/cost/click-parts.ts";
import { cpuRatio, measureCosts, printCosts, quantile, type Side } from "./bench/cost/compare-costs.ts";
import { startMintFloor, startMintingWorker } from "./bench/cost/mint-sides.ts";
import { BUNDLE } from "./bench/cost/our-worker.ts";
import { profile } from "./bench/cost/profile.ts";
import { controlSandbox } from "./servers/control-sandbox.ts";
import { freePort } from "./servers/free-port.ts";
import { LOOPBACK } from "./servers/loopback.ts";

/**
 * `pnpm bench:mint`: compares what a click on the pay button costs with its floor (`bench/cost/floors/mint.js`), in
 * turns. Both run in workerd and call one sandbox. Prints the processor time of a request in each workerd process, and
 * exits with code 1 if a click costs more than promised.
 *
 * - `--bundle PATH` also measures another bundle of the Worker, such as that of an earlier version.
 * - `--profile FILE` records a CPU profile of the Worker instead, and prints the share of each part of a click. The
 *   inspector makes the log line dearer.
 */

/** The floor's processor time, divided by the Worker's. */
const LEAST_CPU_RATIO = 0.7;
/** The Worker's p99, divided by the floor's. */
const MOST_P99_RATIO = 1.5;

/** A minute after a click, the Worker reads the link from Qonto, which is not a part of the click. */
const MOST_MS = 50_000;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "100" },
    requests: { type: "string", default: "20" },
    bundle: { type: "string" },
    profile: { type: "string" },
  },
});

const sandbox = await startSandbox({ port: await freePort(), host: LOOPBACK, rateLimits: false });
const sides: Side[] = [];
try {
  // Every merchant would receive the webhooks of all of them, which is not a part of a click.
  await controlSandbox(sandbox.url, "PUT", "webhooks", { mode: "drop" });
  if (values.profile === undefined) process.exitCode = (await isCheap(values.bundle)) ? 0 : 1;
  else await recordProfile(values.profile);
} finally {
  await Promise.all(sides.map((side) => side.close()));
  await sandbox.close();
}

async function isCheap(bundle: string | undefined): Promise<boolean> {
  const modules = [BUNDLE, ...(bundle === undefined ? [] : [resolve(bundle)])];
  for (const [index, modulesRoot] of modules.entries()) {
    const name = index === 0 ? "this version" : "--bundle";
    sides.push(await startMintingWorker(name, { modulesRoot, sandboxUrl: sandbox.url }));
  }
  const measurement = { rounds: Number(values.rounds), requests: Number(values.requests), mostMs: MOST_MS };
  sides.push(await startMintFloor(sandbox.url));
  const costs = await measureCosts(sides, measurement);
  const [mint, floor, earlier] = [costs[0], costs.at(-1), costs.length > 2 ? costs[1] : undefined];
  if (mint === undefined || floor === undefined) throw new TypeError("a side was not measured");
  // The first requests warm the engine up, and a machine that is too busy measures nothing after them.
  if (mint.cpu.length === 0) throw new Error("no round was measured: the machine is too busy");
  printCosts(costs);
  const { value, noise } = cpuRatio(floor, mint);
  const p99 = quantile(mint.latencies, 0.99) / quantile(floor.latencies, 0.99);
  console.log(`\nCPU, floor / this version: ${value.toFixed(2)} ± ${noise.toFixed(2)}, at least ${LEAST_CPU_RATIO}`);
  console.log(`p99, this version / floor: ${p99.toFixed(2)}, at most ${MOST_P99_RATIO}`);
  if (earlier !== undefined) {
    const ratio = cpuRatio(mint, earlier);
    console.log(`CPU, this version / --bundle: ${ratio.value.toFixed(2)} ± ${ratio.noise.toFixed(2)}`);
  }
  return value >= LEAST_CPU_RATIO && p99 <= MOST_P99_RATIO;
}

async function recordProfile(file: string): Promise<void> {
  const inspectorPort = await freePort();
  const side = await startMintingWorker("this version", {
    modulesRoot: BUNDLE,
    sandboxUrl: sandbox.url,
    inspectorPort,
  });
  sides.push(side);
  printClickParts(await profile(side.request, inspectorPort, file));
}
