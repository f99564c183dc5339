import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    sandboxUrl: string;
  }
}

/** Starts the sandbox as a process of its own: the Worker meets it over HTTP only, as it would meet Qonto. */
export default async function startSandboxProcess(project: TestProject): Promise<() => void> {
  const cli = fileURLToPath(new URL("../../sandbox/src/cli.ts", import.meta.url));
  const sandbox = spawn(process.execPath, [cli, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise<string>((resolve, reject) => {
    sandbox.once("exit", (code) => reject(new Error(`the sandbox ended with code ${code} before it was ready`)));
    createInterface(sandbox.stdout).on("line", (line) => {
      const found = /https?:\/\/\S+/.exec(line);
      if (found !== null) resolve(found[0]);
    });
  });
  project.provide("sandboxUrl", url);
  return () => {
    sandbox.kill();
  };
}
