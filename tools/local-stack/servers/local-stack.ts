import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createServer } from "vite";
import { connectMerchant } from "../merchants/connect-merchant.ts";
import { WorkerApi } from "../merchants/worker-api.ts";
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
  /** A link that signs one browser in to the demo merchant's console, once. */
  readonly consoleLink: string;
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
  const [{ secretKey, consoleLink, hasReplacedKeys, ...backend }, shop] = await Promise.all([
    startLocalBackend(options).then(async (started) => {
      const demo = await orProblem(
        connectMerchant(DEMO_MERCHANT, { ...started, shopUrl, origins, keyFile }),
        (why) =>
          `The demo merchant can't be connected with the state in ${stateFolder} (${why}). Delete that folder, or choose another --state FOLDER.`,
      );
      const { secret_key: demoKey, hasReplacedKeys: isReplaced } = demo;
      const link = await newConsoleLink(started.workerUrl, demoKey);
      return { ...started, secretKey: demoKey, consoleLink: link, hasReplacedKeys: isReplaced };
    }),
    startShop(shopPort, `http://localhost:${workerPort}`, stateFolder),
  ]);
  return {
    ...backend,
    shopUrl,
    secretKey,
    consoleLink,
    hasReplacedKeys,
    close: async () => {
      await Promise.all([shop.close(), backend.close()]);
    },
  };
}

/** How long the printed link can be used. */
const LINK_LIFE_SECONDS = 3600;

async function newConsoleLink(workerUrl: string, secretKey: string): Promise<string> {
  const body = { role: "owner", name: "pnpm start", expires_in: LINK_LIFE_SECONDS };
  const { url } = await new WorkerApi(workerUrl, secretKey).call<{ readonly url: string }>(
    "POST",
    "console/sign_in_links",
    { body },
  );
  return url;
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
