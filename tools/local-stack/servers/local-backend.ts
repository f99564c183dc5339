import { join } from "node:path";
import { type BehaviourName, startSandbox } from "@qonto-pay/sandbox";
import { localSecrets } from "./local-secrets.ts";
import { startLocalWorker } from "./local-worker.ts";
import { LOOPBACK } from "./loopback.ts";

export interface LocalBackendOptions {
  /** Where state is stored to survive a restart. An absolute path. */
  readonly stateFolder: string;
  /** Whether the sandbox also stores its state there, which makes each link slower. Default: true. */
  readonly isSandboxKept?: boolean;
  /** The behaviour of the sandbox, `production` by default. */
  readonly behaviour?: BehaviourName | undefined;
  readonly sandboxPort: number;
  readonly workerPort: number;
}

export interface LocalBackend {
  readonly sandboxUrl: string;
  readonly workerUrl: string;
  readonly adminKey: string;
  /** Settles when the Worker has stopped, after `close` or unexpectedly: the rest is useless without it. */
  readonly ended: Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Starts the sandbox and the Worker in workerd, each at its own origin over real HTTP.
 *
 * @throws StartProblem if the Worker does not start.
 */
export async function startLocalBackend(options: LocalBackendOptions): Promise<LocalBackend> {
  const { stateFolder, isSandboxKept = true, behaviour, sandboxPort, workerPort } = options;
  const dataFile = isSandboxKept ? join(stateFolder, "sandbox.json") : undefined;
  const secrets = localSecrets(stateFolder);
  const [sandbox, worker] = await Promise.all([
    startSandbox({ port: sandboxPort, host: LOOPBACK, dataFile, behaviour }),
    startLocalWorker({ port: workerPort, sandboxPort, stateFolder, secrets }),
  ]);
  return {
    sandboxUrl: `http://localhost:${sandboxPort}`,
    workerUrl: `http://localhost:${workerPort}`,
    adminKey: secrets.adminKey,
    ended: worker.ended,
    close: async () => {
      await Promise.all([worker.close(), sandbox.close()]);
    },
  };
}
