import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { measureThroughput } from "./bench/measure-throughput.ts";
import { connectMerchant } from "./merchants/connect-merchant.ts";
import { DEMO_MERCHANT } from "./merchants/demo-merchant.ts";
import { controlSandbox } from "./servers/control-sandbox.ts";
import { freePorts } from "./servers/free-ports.ts";
import { startLocalBackend } from "./servers/local-backend.ts";
import { temporaryFolder } from "./servers/temporary-folder.ts";

/**
 * `pnpm bench:throughput`: counts the links that one merchant's shoppers get in a second while Qonto takes 300 ms for
 * each, with Qonto's documented limits. Prints the number for each second, and the longest wait. Exits with code 1 below
 * 60 a second, or if a shopper was rejected.
 */

const LEAST_PER_SECOND = 60;

/** The origin of the shoppers' pages, which do not exist. */
const SHOP_URL = "http://localhost:5173";

const { values } = parseArgs({
  options: {
    latency: { type: "string", default: "300" },
    seconds: { type: "string", default: "20" },
    shoppers: { type: "string", default: "80" },
  },
});

const { worker: workerPort, sandbox: sandboxPort } = await freePorts();
const stateFolder = temporaryFolder("bench");
const backend = await startLocalBackend({ stateFolder, isSandboxKept: false, workerPort, sandboxPort });
try {
  const { publishable_key: publishableKey } = await connectMerchant(DEMO_MERCHANT, { ...backend, shopUrl: SHOP_URL });
  await controlSandbox(backend.sandboxUrl, "PUT", "webhooks", { mode: "drop" });
  const slow = { operation: "createPaymentLink", delay_ms: Number(values.latency), times: 0 };
  await controlSandbox(backend.sandboxUrl, "POST", "faults", slow);
  // The calls of the onboarding have left the ten seconds that Qonto counts.
  await pause(10_000);
  const counter = { workerUrl: backend.workerUrl, shopUrl: SHOP_URL, publishableKey };
  const result = await measureThroughput(counter, {
    seconds: Number(values.seconds),
    shoppers: Number(values.shoppers),
  });
  const { perSecond, longestWaitMs, refused } = result;
  console.log(`links in each second: ${perSecond.join(" ")}`);
  const mean = perSecond.reduce((sum, links) => sum + links, 0) / perSecond.length;
  console.log(`mean ${mean.toFixed(1)} a second, longest wait ${longestWaitMs.toFixed(0)} ms, rejected ${refused}`);
  process.exitCode = mean >= LEAST_PER_SECOND && refused === 0 ? 0 : 1;
} finally {
  await backend.close();
}
