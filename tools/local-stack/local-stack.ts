import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSandbox } from "@qonto-pay/sandbox";
import { createServer } from "vite";
import { DEMO_MERCHANT } from "./demo-merchant.ts";
import { localSecrets } from "./local-secrets.ts";
import { startLocalWorker } from "./local-worker.ts";
import { LOOPBACK } from "./loopback.ts";
import { type SeedTarget, seedMerchant } from "./seed-merchant.ts";

const SHOP = fileURLToPath(new URL("../../apps/demo", import.meta.url));

export interface LocalStackOptions {
  /** Where state is kept, so that it survives a restart. An absolute path. */
  readonly stateFolder: string;
  /** Whether the sandbox keeps its state there too, which costs time with every link. True where not given. */
  readonly isSandboxKept?: boolean;
  readonly sandboxPort: number;
  readonly workerPort: number;
  readonly shopPort: number;
}

export interface LocalStack extends SeedTarget {
  /** Settles when the Worker has ended, without which nothing here is of use: by `close`, or by itself. */
  readonly ended: Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Starts the whole product on this machine: the sandbox, the Worker in workerd and the demo shop, each at its own origin
 * over real HTTP, with the demo merchant connected.
 *
 * @throws StartProblem when the Worker does not start.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { stateFolder, isSandboxKept = true, sandboxPort, workerPort, shopPort } = options;
  const dataFile = isSandboxKept ? join(stateFolder, "sandbox.json") : undefined;
  const secrets = localSecrets(stateFolder);
  const stack = {
    sandboxUrl: `http://localhost:${sandboxPort}`,
    workerUrl: `http://localhost:${workerPort}`,
    shopUrl: `http://localhost:${shopPort}`,
    adminKey: secrets.adminKey,
  };
  const [sandbox, worker, shop] = await Promise.all([
    startSandbox({ port: sandboxPort, host: LOOPBACK, dataFile }),
    startLocalWorker({ port: workerPort, sandboxPort, stateFolder, secrets }),
    startShop(shopPort, stack.workerUrl, stateFolder),
  ]);
  await seedMerchant(DEMO_MERCHANT, stack);
  return {
    ...stack,
    ended: worker.ended,
    close: async () => {
      await Promise.all([shop.close(), worker.close(), sandbox.close()]);
    },
  };
}

async function startShop(port: number, workerUrl: string, stateFolder: string) {
  process.env["VITE_QONTO_PAY_ENDPOINT"] = workerUrl;
  const shop = await createServer({
    root: SHOP,
    cacheDir: join(stateFolder, "vite"),
    server: { port, host: LOOPBACK, strictPort: true },
    logLevel: "error",
    clearScreen: false,
  });
  return shop.listen();
}
