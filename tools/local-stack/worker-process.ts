import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { unstable_startWorker as startWorker } from "wrangler";
import { endGroupWithProcess } from "./end-group-with-process.ts";
import { LOOPBACK } from "./loopback.ts";
import type { LocalWorkerOptions } from "./local-worker.ts";

/**
 * The program that `local-worker.ts` runs: the Worker in workerd, until the parent closes the channel between them, or
 * ends.
 */

const CONFIG = fileURLToPath(new URL("../../apps/worker/wrangler.jsonc", import.meta.url));

/** What ending may take before it is cut short, in milliseconds. */
const PATIENCE = 3_000;

endGroupWithProcess();
let worker: Awaited<ReturnType<typeof startWorker>> | undefined;
process.once("disconnect", () => void end());
process.once("message", (options: LocalWorkerOptions) => void start(options));
if (!process.connected) process.exit();

async function start({ port, sandboxPort, stateFolder, secrets }: LocalWorkerOptions): Promise<void> {
  const settings = {
    QONTO_API_URL: `http://localhost:${sandboxPort}`,
    QONTO_OAUTH_URL: `http://localhost:${sandboxPort}`,
    QONTO_PAY_HOSTS: `localhost:${sandboxPort}`,
    QONTO_PROVIDER_HOSTS: `localhost:${sandboxPort}`,
    WORKER_URL: `http://localhost:${port}`,
    QONTO_CLIENT_ID: "sandbox-client",
    QONTO_CLIENT_SECRET: "sandbox-secret",
    QONTO_STAGING_TOKEN: "sandbox-staging-token",
    VAULT_KEY: secrets.vaultKey,
    ADMIN_KEY: secrets.adminKey,
  };
  worker = await startWorker({
    config: CONFIG,
    bindings: Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [name, { type: "plain_text" as const, value }]),
    ),
    dev: {
      server: { hostname: LOOPBACK, port },
      persist: join(stateFolder, "worker"),
      inspector: false,
      watch: false,
      logLevel: "error",
    },
  });
  await worker.ready;
  process.send?.("ready");
}

async function end(): Promise<void> {
  setTimeout(() => process.exit(1), PATIENCE);
  await worker?.dispose();
  process.exit(0);
}
