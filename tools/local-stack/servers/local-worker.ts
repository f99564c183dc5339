import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { LocalSecrets } from "./local-secrets.ts";
import { StartProblem } from "../command-line/start-problem.ts";

export interface LocalWorkerOptions {
  readonly port: number;
  readonly sandboxPort: number;
  readonly stateFolder: string;
  readonly secrets: LocalSecrets;
}

export interface LocalWorker {
  /** Settles when the Worker has stopped, on request or unexpectedly. */
  readonly ended: Promise<unknown>;
  close(): Promise<void>;
}

const PROGRAM = fileURLToPath(new URL("./worker-process.ts", import.meta.url));

/** The product sends no reports and downloads nothing while it runs on one machine, and prints only errors. */
const QUIET = { WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false", WRANGLER_LOG: "error" };

/**
 * Starts the Worker in a process of its own, which leads a process group of its own: so Ctrl-C in a terminal reaches
 * workerd only through this process, and no process of the group survives when this process is killed.
 *
 * @throws StartProblem if it ends before it is ready.
 */
export async function startLocalWorker(options: LocalWorkerOptions): Promise<LocalWorker> {
  const child = fork(PROGRAM, { detached: true, env: { ...process.env, ...QUIET } });
  const ended = once(child, "exit");
  child.send(options);
  const first = await Promise.race([once(child, "message"), ended.then(() => "ended")]);
  if (first === "ended") throw new StartProblem("The Worker did not start.");
  return {
    ended,
    close: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
