import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { readFileSync } from "node:fs";
import { endGroupWithProcess } from "./end-group-with-process.ts";
import { LOOPBACK } from "./loopback.ts";
import type { LocalWorkerOptions } from "./local-worker.ts";

/**
 * The program that `local-worker.ts` runs: the Worker in workerd, until the parent closes the channel between them, or
 * ends.
 *
 * It starts the bundle that `wrangler deploy` would upload, as the Worker's build wrote it. It does not use wrangler,
 * which takes 1.6 s of the processor to load, and puts a proxy in front of workerd.
 */

const WORKER = fileURLToPath(new URL("../../../apps/worker/", import.meta.url));

/** Time limit for an orderly stop, in milliseconds. */
const PATIENCE = 3_000;

/** The fields of `wrangler.jsonc` that are needed here. */
interface WorkerConfig {
  readonly name: string;
  readonly compatibility_date: string;
  readonly durable_objects: { readonly bindings: readonly { readonly name: string; readonly class_name: string }[] };
  readonly ratelimits: readonly {
    readonly name: string;
    readonly namespace_id: string;
    readonly simple: { readonly limit: number; readonly period: 10 | 60 };
  }[];
}

endGroupWithProcess();
let worker: Miniflare | undefined;
let isEnding = false;
process.once("disconnect", () => void end());
process.once("message", (options: LocalWorkerOptions) => void start(options));
if (!process.connected) process.exit();

async function start({ port, sandboxPort, stateFolder, secrets }: LocalWorkerOptions): Promise<void> {
  const { name, compatibility_date, durable_objects, ratelimits } = readConfig();
  worker = new Miniflare(
    convertV4MiniflareOptions({
      name,
      host: LOOPBACK,
      port,
      modules: true,
      modulesRoot: join(WORKER, "dist/worker"),
      scriptPath: join(WORKER, "dist/worker/index.js"),
      compatibilityDate: compatibility_date,
      bindings: {
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
      },
      durableObjects: Object.fromEntries(
        durable_objects.bindings.map((binding) => [binding.name, { className: binding.class_name, useSQLite: true }]),
      ),
      ratelimits: Object.fromEntries(
        ratelimits.map(({ name: binding, namespace_id, simple }) => [binding, { namespace_id, simple }]),
      ),
      assets: { directory: join(WORKER, "dist/assets"), routerConfig: { has_user_worker: true } },
      // The folder that `wrangler dev --persist-to` uses.
      resourcePersistencePath: join(stateFolder, "worker", "v3"),
      cf: false,
      telemetry: { enabled: false },
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ level, message }) => {
        if (level === "error") console.error(message);
      },
    }),
  );
  try {
    await worker.ready;
  } catch (error) {
    if (!isEnding) throw error;
  }
  if (process.connected) process.send?.("ready");
}

/** Reads the file that deploys the Worker. Its comments stand on lines of their own. */
function readConfig(): WorkerConfig {
  const text = readFileSync(join(WORKER, "wrangler.jsonc"), "utf8");
  return JSON.parse(text.replace(/^\s*\/\/.*$/gm, "")) as WorkerConfig;
}

async function end(): Promise<void> {
  isEnding = true;
  setTimeout(() => process.exit(1), PATIENCE);
  await worker?.dispose();
  process.exit(0);
}
