import { setTimeout as pause } from "node:timers/promises";
import type { DiagnosticsReport } from "@qonto-pay/core/api";
import { ShopServer } from "../../chaos/shop-server.ts";
import { connectMerchant } from "../../merchants/connect-merchant.ts";
import { DEMO_MERCHANT } from "../../merchants/demo-merchant.ts";
import { WorkerApi } from "../../merchants/worker-api.ts";
import { payOverHttp } from "../../onboarding/pay-over-http.ts";
import { controlSandbox } from "../../servers/control-sandbox.ts";
import { freePorts } from "../../servers/free-ports.ts";
import { startLocalBackend } from "../../servers/local-backend.ts";
import { temporaryFolder } from "../../servers/temporary-folder.ts";
import { quantile } from "../cost/compare-costs.ts";
import { randomNumbers } from "../random-numbers.ts";
import { type Hostile, HostileClients } from "./hostile-clients.ts";
import type { ShopPage } from "./page.ts";
import { type Clicks, noClicks, shop } from "./shoppers.ts";
import { Solver } from "./solver.ts";

export interface FloodOptions {
  /** Seconds of each of the two phases. */
  readonly seconds: number;
  readonly hostilePerSecond: number;
  readonly shoppersPerSecond: number;
  /** Qonto's latency in milliseconds. */
  readonly latency: number;
}

/** What a flood does to the merchant, its server, and another merchant. */
export interface FloodResult {
  readonly quiet: Clicks;
  readonly flooded: Clicks;
  readonly serverCalls: { asked: number; answered: number };
  /** Milliseconds from a payment to its webhook at the shop. */
  readonly reported: readonly number[];
  readonly payments: number;
  readonly neighborQuiet: readonly number[];
  readonly neighborFlooded: readonly number[];
  /** Seconds from the begin of the flood; null: not within the phase. */
  readonly namedAfter: number | null;
  readonly hostile: { readonly sent: number; readonly opened: number };
}

/** The origin of the shoppers' pages, which do not exist. */
const SHOP_URL = "http://localhost:5173";

/** Qonto's operations on the way of a payment. */
const SLOW_OPERATIONS = ["createPaymentLink", "getPaymentLink", "listPayments"];

/**
 * Runs one flood: the Worker in workerd with its limits, the sandbox with Qonto's documented limits, a new merchant
 * whose shoppers pay, and a neighbor. A quiet phase comes first.
 */
export async function runFlood(hostile: Hostile, options: FloodOptions): Promise<FloodResult> {
  const { seconds, shoppersPerSecond, latency } = options;
  const { worker: workerPort, sandbox: sandboxPort } = await freePorts();
  const stateFolder = temporaryFolder("bench");
  const backend = await startLocalBackend({ stateFolder, isSandboxKept: false, workerPort, sandboxPort });
  const { workerUrl, sandboxUrl, adminKey } = backend;
  // The shoppers' devices, whose processors are not the Worker's.
  const solver = new Solver(10);
  const paidAt = new Map<string, number>();
  const reported: number[] = [];
  const shopServer = await ShopServer.start(0, randomNumbers(1), () => {
    const { type, data } = [...shopServer.delivered.values()].at(-1) ?? { type: "", data: {} };
    const at = type === "checkout.paid" ? paidAt.get(data.checkout?.id ?? "") : undefined;
    if (at !== undefined) reported.push(performance.now() - at);
  });
  try {
    const target = { workerUrl, adminKey, shopUrl: SHOP_URL };
    const merchant = await connectMerchant(DEMO_MERCHANT, target);
    const neighbor = await connectMerchant({ ...DEMO_MERCHANT, name: "neighbor" }, target);
    const server = new WorkerApi(workerUrl, merchant.secret_key);
    await server.call("POST", "webhook_endpoints", { body: { url: shopServer.url, event_types: ["checkout.paid"] } });
    for (const operation of SLOW_OPERATIONS) {
      await controlSandbox(sandboxUrl, "POST", "faults", { operation, delay_ms: latency, times: 0 });
    }
    const page: ShopPage = { workerUrl, shopUrl: SHOP_URL, publishableKey: merchant.publishable_key };
    const neighborPage: ShopPage = { ...page, publishableKey: neighbor.publishable_key };
    let payments = 0;
    const pay = ({ id, url }: { readonly id: string; readonly url: string }): void => {
      payments += 1;
      paidAt.set(id, performance.now());
      void payOverHttp(url);
    };

    const quiet = noClicks();
    const neighborQuiet = noClicks();
    await Promise.all([
      everySecond(seconds, shoppersPerSecond, (number) => shop({ page, solver }, shopperAddress(number), quiet)),
      everySecond(seconds, shoppersPerSecond, (number) =>
        shop({ page: neighborPage, solver }, neighborAddress(number), neighborQuiet),
      ),
    ]);

    const flooded = noClicks();
    const neighborFlooded = noClicks();
    const serverCalls = { asked: 0, answered: 0 };
    const clients = new HostileClients(page, hostile, options.hostilePerSecond);
    const named = untilNamed(server, seconds);
    await Promise.all([
      everySecond(seconds, shoppersPerSecond, (number) =>
        shop({ page, solver }, shopperAddress(1_000 + number), flooded, pay),
      ),
      everySecond(seconds, shoppersPerSecond, (number) =>
        shop({ page: neighborPage, solver }, neighborAddress(1_000 + number), neighborFlooded),
      ),
      everySecond(seconds, 1, () => openByServer(server, serverCalls)),
    ]);
    const namedAfter = await named;
    clients.stop();
    // The reports of the last payments.
    for (let waits = 0; waits < 100 && reported.length < payments; waits += 1) await pause(100);
    return {
      quiet,
      flooded,
      serverCalls,
      reported,
      payments,
      namedAfter,
      neighborQuiet: neighborQuiet.served,
      neighborFlooded: neighborFlooded.served,
      hostile: clients.count,
    };
  } finally {
    solver.close();
    await backend.close();
    await shopServer.close();
  }
}

/** Returns the 95th percentile. */
export function p95(values: readonly number[]): number {
  return partOf(values, 0.95);
}

/** Returns the median. */
export function median(values: readonly number[]): number {
  return partOf(values, 0.5);
}

function partOf(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted.length === 0 ? Number.POSITIVE_INFINITY : quantile(sorted, part);
}

function shopperAddress(number: number): string {
  return `203.0.${100 + Math.floor(number / 250)}.${(number % 250) + 1}`;
}

function neighborAddress(number: number): string {
  return `192.0.${100 + Math.floor(number / 250)}.${(number % 250) + 1}`;
}

/** Runs a task at a rate for a time, whether or not the earlier ones have ended. Then waits for all of them. */
async function everySecond(seconds: number, perSecond: number, task: (number: number) => Promise<void>): Promise<void> {
  const tasks: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let number = 0; number < seconds * perSecond; number += 1) {
    await pause(Math.max(0, startedAt + (number * 1000) / perSecond - performance.now()));
    tasks.push(task(number));
  }
  await Promise.all(tasks);
}

async function openByServer(server: WorkerApi, calls: { asked: number; answered: number }): Promise<void> {
  calls.asked += 1;
  const price = { value: "12.00", currency: "EUR" };
  const item = { title: "Mug", quantity: 1, price, tax_behavior: "inclusive", vat_rate: "20" };
  try {
    await server.call("POST", "checkouts", { body: { items: [item] } });
    calls.answered += 1;
  } catch (error) {
    console.error(`the server's call failed: ${String(error)}`);
  }
}

/** Reads the diagnostics every two seconds. @returns the seconds until they name the flood. */
async function untilNamed(server: WorkerApi, seconds: number): Promise<number | null> {
  const startedAt = performance.now();
  while (performance.now() - startedAt < seconds * 1000) {
    await pause(2_000);
    const { checks } = await server.call<DiagnosticsReport>("GET", "diagnostics");
    if (checks.some(({ name, status }) => name === "flood" && status !== "ok")) {
      return (performance.now() - startedAt) / 1000;
    }
  }
  return null;
}
