import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface RunningStart {
  readonly shopUrl: string;
  readonly workerUrl: string;
  readonly sandboxUrl: string;
  /** Ctrl-C. @returns the exit code. */
  interrupt(): Promise<number | null>;
}

export interface Ports {
  readonly shop: number;
  readonly worker: number;
  readonly sandbox: number;
}

/** Three ports that nobody listens on now. */
export async function freePorts(): Promise<Ports> {
  const servers = [createServer(), createServer(), createServer()];
  const ports = await Promise.all(
    servers.map(async (server) => {
      await once(server.listen(0, "127.0.0.1"), "listening");
      const address = server.address();
      if (address === null || typeof address === "string") throw new TypeError("no port was given");
      return address.port;
    }),
  );
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  const [shop = 0, worker = 0, sandbox = 0] = ports;
  return { shop, worker, sandbox };
}

/** Runs what `pnpm start` runs, as a process of its own, and waits until it says that it is ready. */
export async function runStart(stateFolder: string, ports: Ports): Promise<RunningStart> {
  const program = fileURLToPath(new URL("./start.ts", import.meta.url));
  const args = [program, "--state", stateFolder, "--shop-port", `${ports.shop}`];
  args.push("--worker-port", `${ports.worker}`, "--sandbox-port", `${ports.sandbox}`);
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await untilReady(child);
  return {
    shopUrl: `http://localhost:${ports.shop}`,
    workerUrl: `http://localhost:${ports.worker}`,
    sandboxUrl: `http://localhost:${ports.sandbox}`,
    interrupt: async () => {
      if (child.exitCode !== null) return child.exitCode;
      const exited = once(child, "exit");
      child.kill("SIGINT");
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new TypeError("the output is not piped");
    child.once("exit", (code) => reject(new Error(`start ended with code ${code} before it was ready`)));
    createInterface(child.stdout).on("line", (line) => {
      if (line.includes("Ctrl-C")) resolve();
    });
  });
}
