import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSandbox } from "@qonto-pay/sandbox";
import { createServer } from "vite";
import { unstable_startWorker as startWorker } from "wrangler";
import { DEMO_MERCHANT } from "./demo-merchant.ts";
import { localSecrets } from "./local-secrets.ts";
import { type SeedTarget, seedMerchant } from "./seed-merchant.ts";

/** Bound to by number: `localhost` may be another address for each of the three. All of them answer to that name. */
const LOOPBACK = "127.0.0.1";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

export interface LocalStackOptions {
  /** Where state is kept, so that it survives a restart. */
  readonly stateFolder: string;
  readonly sandboxPort: number;
  readonly workerPort: number;
  readonly shopPort: number;
}

export interface LocalStack extends SeedTarget {
  close(): Promise<void>;
}

/**
 * Starts the whole product on this machine: the sandbox, the Worker in workerd and the demo shop, each at its own origin
 * over real HTTP, with the demo merchant connected.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { stateFolder, sandboxPort, workerPort, shopPort } = options;
  // Nothing is reported or fetched while the product runs on one machine.
  process.env["WRANGLER_SEND_METRICS"] = "false";
  process.env["CLOUDFLARE_CF_FETCH_ENABLED"] = "false";
  process.env["VITE_QONTO_PAY_ENDPOINT"] = `http://localhost:${workerPort}`;
  const secrets = localSecrets(stateFolder);
  const [sandbox, worker, shop] = await Promise.all([
    startSandbox({ port: sandboxPort, host: LOOPBACK, dataFile: join(stateFolder, "sandbox.json") }),
    startWorkerOn(workerPort, sandboxPort, stateFolder, secrets),
    startShopOn(shopPort, stateFolder),
  ]);
  const stack = {
    sandboxUrl: `http://localhost:${sandboxPort}`,
    workerUrl: `http://localhost:${workerPort}`,
    shopUrl: `http://localhost:${shopPort}`,
    adminKey: secrets.adminKey,
  };
  await seedMerchant(DEMO_MERCHANT, stack);
  return {
    ...stack,
    close: async () => {
      await Promise.all([shop.close(), worker.dispose(), sandbox.close()]);
    },
  };
}

async function startWorkerOn(
  port: number,
  sandboxPort: number,
  stateFolder: string,
  secrets: { vaultKey: string; adminKey: string },
) {
  const settings = {
    QONTO_API_URL: `http://localhost:${sandboxPort}`,
    QONTO_OAUTH_URL: `http://localhost:${sandboxPort}`,
    QONTO_PAY_HOSTS: `localhost:${sandboxPort}`,
    QONTO_CLIENT_ID: "sandbox-client",
    QONTO_CLIENT_SECRET: "sandbox-secret",
    QONTO_STAGING_TOKEN: "sandbox-staging-token",
    VAULT_KEY: secrets.vaultKey,
    ADMIN_KEY: secrets.adminKey,
  };
  const worker = await startWorker({
    config: join(REPOSITORY, "apps/worker/wrangler.jsonc"),
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
  return worker;
}

async function startShopOn(port: number, stateFolder: string) {
  const shop = await createServer({
    root: join(REPOSITORY, "apps/demo"),
    cacheDir: join(stateFolder, "vite"),
    server: { port, host: LOOPBACK, strictPort: true },
    logLevel: "error",
    clearScreen: false,
  });
  return shop.listen();
}
