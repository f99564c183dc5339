import { join } from "node:path";
import { type BehaviourName, startSandbox } from "@qonto-pay/sandbox";
import { localSecrets } from "./local-secrets.ts";
import { startLocalWorker } from "./local-worker.ts";
import { LOOPBACK } from "./loopback.ts";

export interface LocalBackendOptions {
  /** Where state is kept, so that it survives a restart. An absolute path. */
  readonly stateFolder: string;
  /** Whether the sandbox keeps its state there too, which costs time with every link. True where not given. */
  readonly isSandboxKept?: boolean;
  /** Which Qonto the sandbox plays. `production` where not given. */
  readonly behaviour?: BehaviourName | undefined;
  readonly sandboxPort: number;
  readonly workerPort: number;
}

export interface LocalBackend {
  readonly sandboxUrl: string;
  readonly workerUrl: string;
  readonly adminKey: string;
  /** Settles when the Worker has ended, without which nothing here is of use: by `close`, or by itself. */
  readonly ended: Promise<unknown>;
  close(): Promise<void>;
}

/**
 * Starts the sandbox and the Worker in workerd, each at its own origin over real HTTP.
 *
 * @throws StartProblem when the Worker does not start.
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
