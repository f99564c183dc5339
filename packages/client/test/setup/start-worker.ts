import { freePorts } from "@qonto-pay/local-stack/servers/free-ports.ts";
import { startLocalBackend } from "@qonto-pay/local-stack/servers/local-backend.ts";
import { temporaryFolder } from "@qonto-pay/local-stack/servers/temporary-folder.ts";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  /** What the tests are told of what was started for them. */
  interface ProvidedContext {
    sandboxUrl: string;
    workerUrl: string;
    adminKey: string;
    /** What the runtime of this project calls itself. */
    runtime: string;
  }
}

/** Starts the real Worker in workerd, and the sandbox that is its Qonto, each behind a socket. */
export default async function startWorker(project: TestProject): Promise<() => Promise<void>> {
  const ports = await freePorts();
  const backend = await startLocalBackend({
    stateFolder: temporaryFolder("client"),
    isSandboxKept: false,
    sandboxPort: ports.sandbox,
    workerPort: ports.worker,
  });
  project.provide("sandboxUrl", backend.sandboxUrl);
  project.provide("workerUrl", backend.workerUrl);
  project.provide("adminKey", backend.adminKey);
  return () => backend.close();
}
