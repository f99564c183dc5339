import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";
import { connectMerchant } from "../merchants/connect-merchant.ts";
import { DEMO_MERCHANT } from "../merchants/demo-merchant.ts";
import { type LocalBackend, type LocalBackendOptions, startLocalBackend } from "./local-backend.ts";
import { LOOPBACK } from "./loopback.ts";
import { rememberOrigins } from "../merchants/remember-origins.ts";
import { orProblem } from "../command-line/start-problem.ts";

const SHOP = fileURLToPath(new URL("../../../apps/demo", import.meta.url));

export interface LocalStackOptions extends LocalBackendOptions {
  readonly shopPort: number;
  /** Origins of pages that may accept payments, in addition to the demo shop's own. */
  readonly origins?: readonly string[];
}

export interface LocalStack extends LocalBackend {
  readonly shopUrl: string;
  /** The demo merchant's secret key, for calls as its server. */
  readonly secretKey: string;
  /** Whether the demo merchant's secret key was revoked, so this start has replaced all keys. */
  readonly hasReplacedKeys: boolean;
}

/**
 * Starts the whole product on this machine: the sandbox, the Worker and the demo shop, each at its own origin over real
 * HTTP, with the demo merchant connected.
 *
 * @throws StartProblem if the Worker does not start, or the stored state is unusable.
 */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { stateFolder, workerPort, shopPort } = options;
  const origins = rememberOrigins(stateFolder, options.origins ?? []);
  const shopUrl = `http://localhost:${shopPort}`;
  const keyFile = join(stateFolder, "demo-secret-key");
  const [{ secretKey, hasReplacedKeys, ...backend }, shop] = await Promise.all([
    startLocalBackend(options).then(async (started) => {
      const demo = await orProblem(
        connectMerchant(DEMO_MERCHANT, { ...started, shopUrl, origins, keyFile }),
        (why) =>
          `The demo merchant can't be connected with the state in ${stateFolder} (${why}). Delete that folder, or choose another --state FOLDER.`,
      );
      return { ...started, secretKey: demo.secret_key, hasReplacedKeys: demo.hasReplacedKeys };
    }),
    startShop(shopPort, `http://localhost:${workerPort}`, stateFolder),
  ]);
  return {
    ...backend,
    shopUrl,
    secretKey,
    hasReplacedKeys,
    close: async () => {
      await Promise.all([shop.close(), backend.close()]);
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
