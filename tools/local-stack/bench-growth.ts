import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";
import { quantile } from "./bench/cost/compare-costs.ts";
import { MUG, SHOP_URL } from "./bench/cost/our-worker.ts";
import { growMerchants } from "./bench/grow-merchants.ts";
import { CALLS, FLOOR, type MeasuredCall, type MeasuredMerchant } from "./bench/growth-calls.ts";
import { connectMerchant } from "./merchants/connect-merchant.ts";
import { WorkerApi } from "./merchants/worker-api.ts";
import { controlSandbox } from "./servers/control-sandbox.ts";
import { freePorts } from "./servers/free-ports.ts";
import { type LocalBackend, startLocalBackend } from "./servers/local-backend.ts";
import { temporaryFolder } from "./servers/temporary-folder.ts";

/**
 * `pnpm bench:growth`: compares the times of calls of merchants with 100, 10,000 and 1,000,000 checkouts, in turns, in
 * one Worker; then with 1, 100 and 10,000 merchants. Prints them beside the floor, a call that reads one row. Exits with
 * code 1 if a call grows by more than 20 %.
 */

const MOST_GROWTH = 1.2;

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "100,10000,1000000" },
    merchants: { type: "string", default: "1,100,10000" },
    rounds: { type: "string", default: "60" },
  },
});
const sizes = values.sizes.split(",").map(Number);
const rounds = Number(values.rounds);

const ports = await freePorts();
const options = { stateFolder: temporaryFolder("bench"), workerPort: ports.worker, sandboxPort: ports.sandbox };
let backend = await startLocalBackend(options);
try {
  const merchants: MeasuredMerchant[] = [];
  for (const size of sizes) merchants.push(await openMerchant(backend, size));
  await backend.close();
  growMerchants(options.stateFolder, new Map(sizes.map((size) => [productOf(size), size])));
  backend = await startLocalBackend(options);
  await controlSandbox(backend.sandboxUrl, "PUT", "webhooks", { mode: "drop" });
  const first = performance.now();
  for (const merchant of merchants) await FLOOR.run(merchant);
  console.log(`the first call of each merchant after the start took ${(performance.now() - first).toFixed(0)} ms\n`);
  const isFlatInSize = await isFlat([FLOOR, ...CALLS], merchants, (size) => `${size} checkouts`);
  const isFlatInNumber = await isFlatInMerchants(backend, merchants[0]);
  process.exitCode = isFlatInSize && isFlatInNumber ? 0 : 1;
} finally {
  await backend.close();
}

function productOf(size: number): string {
  return `with-${size}`;
}

async function openMerchant({ workerUrl, adminKey }: LocalBackend, size: number): Promise<MeasuredMerchant> {
  const sold = { ...MUG, price: { value: "10.99", currency: "EUR" }, tax_behavior: "exclusive" };
  const products = ["mug", productOf(size)].map((id) => ({ id, ...sold }));
  const target = { workerUrl, adminKey, shopUrl: SHOP_URL };
  const { secret_key } = await connectMerchant({ name: `growth-${size}`, products }, target);
  const api = new WorkerApi(workerUrl, secret_key);
  // Nothing is sent to it: the seeded deliveries have ended, and it receives no type of event that occurs here.
  const body = { url: `${SHOP_URL}/hook`, event_types: ["connection.changed"] };
  const { id } = await api.call<{ readonly id: string }>("POST", "webhook_endpoints", { body });
  return { size, api, endpoint: `webhook_endpoints/${id}` };
}

/** Measures calls of each merchant in turns, and prints them. @returns whether none grows. */
async function isFlat(
  calls: readonly MeasuredCall[],
  merchants: readonly MeasuredMerchant[],
  nameOf: (size: number) => string,
): Promise<boolean> {
  console.log(`| call | ${merchants.map(({ size }) => nameOf(size)).join(" | ")} | growth |`);
  console.log(`|---|${merchants.map(() => "---|").join("")}---|`);
  const grown: string[] = [];
  for (const call of calls) {
    const times = await measure(call, merchants);
    const compared = times.filter((_time, index) => (merchants[index]?.size ?? 0) >= (call.leastSize ?? 0));
    const growth = Math.max(...compared) / (compared[0] ?? NaN);
    console.log(
      `| ${call.name} | ${times.map((time) => `${time.toFixed(2)} ms`).join(" | ")} | ${growth.toFixed(2)} |`,
    );
    if (growth > MOST_GROWTH) grown.push(call.name);
  }
  console.log(grown.length === 0 ? "\nNo call grows.\n" : `\nThese calls grow: ${grown.join("; ")}\n`);
  return grown.length === 0;
}

/** Returns the time of a call for each merchant, in milliseconds: a fifth of the calls took less. */
async function measure(call: MeasuredCall, merchants: readonly MeasuredMerchant[]): Promise<readonly number[]> {
  const times = merchants.map((): number[] => []);
  for (let round = -5; round < rounds; round += 1) {
    for (let turn = 0; turn < merchants.length; turn += 1) {
      const place = (turn + Math.abs(round)) % merchants.length;
      const merchant = merchants[place];
      if (merchant === undefined) continue;
      const before = performance.now();
      await call.run(merchant);
      // The first rounds give the engine and the file system time to warm up.
      if (round >= 0) times[place]?.push(performance.now() - before);
    }
  }
  return times.map((all) =>
    quantile(
      all.toSorted((a, b) => a - b),
      0.2,
    ),
  );
}

/** Measures the calls of one merchant beside more and more other merchants. */
async function isFlatInMerchants(
  { workerUrl, adminKey }: LocalBackend,
  merchant: MeasuredMerchant | undefined,
): Promise<boolean> {
  if (merchant === undefined) return true;
  const admin = new WorkerApi(workerUrl, adminKey);
  const calls = [FLOOR, ...CALLS.slice(0, 6)];
  const counts = values.merchants.split(",").map(Number);
  const times: (readonly number[])[] = [];
  let others = sizes.length;
  for (const count of counts) {
    for (; others < count; others += 1) {
      await admin.call("POST", "merchants", { body: { name: `other-${others}`, allowed_origins: [] } });
    }
    const measured: number[] = [];
    for (const call of calls) measured.push((await measure(call, [merchant]))[0] ?? NaN);
    times.push(measured);
  }
  console.log(`| call | ${counts.map((count) => `${count} merchants`).join(" | ")} |`);
  console.log(`|---|${counts.map(() => "---|").join("")}`);
  for (const [index, { name }] of calls.entries()) {
    console.log(`| ${name} | ${times.map((measured) => `${measured[index]?.toFixed(2)} ms`).join(" | ")} |`);
  }
  // Measured one after the other, so the floor shows how busy the machine was.
  const growth = calls.map((_call, index) => {
    const ratios = times.map((measured) => (measured[index] ?? NaN) / (measured[0] ?? NaN));
    return Math.max(...ratios) / (ratios[0] ?? NaN);
  });
  const most = Math.max(...growth);
  console.log(`\ngreatest growth, relative to the floor: ${most.toFixed(2)}`);
  return most <= MOST_GROWTH;
}
