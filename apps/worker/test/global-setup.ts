import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { startShopServer } from "./shop-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    sandboxUrl: string;
    shopServerUrl: string;
    shopServerIpv6Port: string;
  }
}

/**
 * Starts the servers that the Worker meets over HTTP: the sandbox, as a process of its own, and the shops for its
 * webhooks.
 */
export default async function startSurroundings(project: TestProject): Promise<() => void> {
  const [sandbox, shops] = await Promise.all([startSandboxProcess(), startShopServer()]);
  project.provide("sandboxUrl", sandbox.url);
  project.provide("shopServerUrl", shops.url);
  project.provide("shopServerIpv6Port", String(shops.ipv6Port ?? ""));
  return () => {
    sandbox.close();
    shops.close();
  };
}

async function startSandboxProcess(): Promise<{ readonly url: string; close(): void }> {
  const cli = fileURLToPath(new URL("../../sandbox/src/cli.ts", import.meta.url));
  // As observed at the real Qonto, unless a run of the suite is for one of the other behaviours.
  const args = [cli, "--port", "0", "--behaviour", process.env["SANDBOX_BEHAVIOUR"] ?? "production"];
  const sandbox = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const url = await new Promise<string>((resolve, reject) => {
    sandbox.once("exit", (code) => reject(new Error(`the sandbox ended with code ${code} before it was ready`)));
    createInterface(sandbox.stdout).on("line", (line) => {
      const found = /https?:\/\/\S+/.exec(line);
      if (found !== null) resolve(found[0]);
    });
  });
  return { url, close: () => void sandbox.kill() };
}
