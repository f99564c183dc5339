import { freePorts } from "@qonto-pay/local-stack/servers/free-ports.ts";
import { startLocalBackend } from "@qonto-pay/local-stack/servers/local-backend.ts";
import { temporaryFolder } from "@qonto-pay/local-stack/servers/temporary-folder.ts";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  /** The servers that were started for the tests. */
  interface ProvidedContext {
    sandboxUrl: string;
    workerUrl: string;
    adminKey: string;
  }
}

/** Starts the real Worker in workerd, and the sandbox in place of Qonto, each behind a socket. */
export default async function startWorker(project: TestProject): Promise<() => Promise<void>> {
  const ports = await freePorts();
  const backend = await startLocalBackend({
    stateFolder: temporaryFolder("vendure-plugin"),
    isSandboxKept: false,
    sandboxPort: ports.sandbox,
    workerPort: ports.worker,
  });
  project.provide("sandboxUrl", backend.sandboxUrl);
  project.provide("workerUrl", backend.workerUrl);
  project.provide("adminKey", backend.adminKey);
  return () => backend.close();
}
