import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { build } from "vite";
import { freePort } from "../../servers/free-port.ts";
import { LOOPBACK } from "../../servers/loopback.ts";
import { temporaryFolder } from "../../servers/temporary-folder.ts";
import { childrenOf, cpuTimeOf } from "./cpu-time.ts";

/** A Worker in a workerd process of its own. */
export interface MeasuredWorker {
  readonly url: string;
  /** Returns how long the process has run so far, in milliseconds. */
  readonly cpuTime: () => number;
  readonly close: () => Promise<void>;
}

export interface WorkerCode {
  /** The folder of the modules, and the name of the one that is the Worker. */
  readonly modulesRoot: string;
  readonly scriptPath: string;
  /** The code of `scriptPath`, if the file does not exist. */
  readonly script?: string;
  /** The class of its Durable Object; none if not given. */
  readonly className?: string;
  readonly bindings: Readonly<Record<string, string>>;
  /** The port of workerd's inspector, which makes logging dearer; none if not given. */
  readonly inspectorPort?: number | undefined;
}

const WRANGLER = fileURLToPath(new URL("../../../../apps/worker/wrangler.jsonc", import.meta.url));

/** Starts a Worker. Its database is stored in a folder, as on Cloudflare, since a write is a part of the cost. */
export async function startWorkerd(code: WorkerCode, port: number): Promise<MeasuredWorker> {
  const before = new Set(childrenOf(process.pid));
  const { modulesRoot, scriptPath, script, className, bindings, inspectorPort } = code;
  const worker = new Miniflare(
    convertV4MiniflareOptions({
      name: "measured",
      host: LOOPBACK,
      port,
      modules: true,
      modulesRoot,
      scriptPath,
      ...(script === undefined ? {} : { script }),
      compatibilityDate: compatibilityDate(),
      bindings: { ...bindings },
      ...(className === undefined ? {} : { durableObjects: { MERCHANT: { className, useSQLite: true } } }),
      // Not reached: a Worker beside a local Qonto does not limit visitors.
      ratelimits: rateLimits(),
      resourcePersistencePath: temporaryFolder("bench"),
      cf: false,
      ...(inspectorPort === undefined ? {} : { inspectorPort }),
      telemetry: { enabled: false },
      log: new Log(LogLevel.ERROR),
      handleStructuredLogs: ({ level, message }) => {
        if (level === "error") console.error(message);
      },
    }),
  );
  await worker.ready;
  const [pid, ...others] = childrenOf(process.pid).filter((id) => !before.has(id));
  if (pid === undefined || others.length > 0)
    throw new Error("several processes started at once, and one of them is workerd");
  return { url: `http://localhost:${port}`, cpuTime: () => cpuTimeOf(pid), close: () => worker.dispose() };
}

function compatibilityDate(): string {
  const [, date = ""] = /"compatibility_date": "([^"]+)"/.exec(readFileSync(WRANGLER, "utf8")) ?? [];
  return date;
}

/** Returns the rate limits of a deployment. */
function rateLimits(): Record<string, { namespace_id: string; simple: { limit: number; period: 60 } }> {
  const found = readFileSync(WRANGLER, "utf8").matchAll(/"name": "(\w+)", "namespace_id": "(\d+)".+"limit": (\d+)/g);
  return Object.fromEntries(
    [...found].map(([, name = "", namespace_id = "", limit]) => [
      name,
      { namespace_id, simple: { limit: Number(limit), period: 60 } },
    ]),
  );
}

/** Starts a floor, the smallest Worker that does the same task (`floors/{name}.js`), bundled as the Worker is. */
export async function startFloor(
  name: string,
  options: Pick<WorkerCode, "className" | "bindings">,
): Promise<MeasuredWorker> {
  const script = await bundleFloor(name);
  const scriptPath = fileURLToPath(new URL(`./floors/${name}.bundled.js`, import.meta.url));
  return startWorkerd({ modulesRoot: dirname(scriptPath), scriptPath, script, ...options }, await freePort());
}

async function bundleFloor(name: string): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      target: "es2023",
      lib: { entry: fileURLToPath(new URL(`./floors/${name}.js`, import.meta.url)), formats: ["es"] },
      rolldownOptions: { external: ["cloudflare:workers"] },
    },
  });
  const [built] = Array.isArray(output) ? output : [output];
  if (built === undefined || !("output" in built)) throw new TypeError("Vite returned no output.");
  return built.output[0].code;
}
