import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { Ports } from "../servers/free-ports.ts";
import { LOOPBACK } from "../servers/loopback.ts";

export interface RunningStart {
  readonly shopUrl: string;
  readonly workerUrl: string;
  readonly sandboxUrl: string;
  /** What it printed until it was ready. */
  readonly printed: string;
  /** Sends Ctrl-C as it arrives through pnpm: from the terminal, and again from pnpm. @returns the exit code. */
  interrupt(): Promise<number | null>;
  /** Sends `kill -9` to the started process. */
  kill(): Promise<void>;
  /** Does what `killall -9 node` does if no other program runs in Node. */
  killAllNode(): Promise<void>;
}

export const START = fileURLToPath(new URL("../start.ts", import.meta.url));

/** The option with which Node runs the sources of this repository's packages, as in the scripts of `package.json`. */
export const SOURCE = "--conditions=@qonto-pay/source";

export function startArguments(stateFolder: string, ports: Ports): string[] {
  const options = { state: stateFolder, "shop-port": ports.shop, "worker-port": ports.worker };
  return Object.entries({ ...options, "sandbox-port": ports.sandbox }).flatMap(([name, value]) => [
    `--${name}`,
    `${value}`,
  ]);
}

/** Runs the program of `pnpm start` as a process of its own, and waits until it prints that it is ready. */
export async function runStart(stateFolder: string, ports: Ports, more: readonly string[] = []): Promise<RunningStart> {
  const args = [SOURCE, START, ...startArguments(stateFolder, ports), ...more];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = once(child, "exit") as Promise<[number | null]>;
  const printed = await untilReady(child);
  return {
    printed,
    shopUrl: `http://localhost:${ports.shop}`,
    workerUrl: `http://localhost:${ports.worker}`,
    sandboxUrl: `http://localhost:${ports.sandbox}`,
    interrupt: async () => {
      child.kill("SIGINT");
      child.kill("SIGINT");
      const [code] = await exited;
      return code;
    },
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    killAllNode: async () => {
      const children = childrenOf(child.pid);
      child.kill("SIGKILL");
      for (const pid of children) process.kill(pid, "SIGKILL");
      await exited;
    },
  };
}

/** Runs a program, `start` by default, that should end without a signal. */
export async function runToEnd(
  args: readonly string[],
  program = START,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [SOURCE, program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]);
  return { code, stdout, stderr };
}

export function isTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, LOOPBACK);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}

/** @returns what it printed. */
function untilReady(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new TypeError("the output is not piped");
    child.once("exit", (code) => reject(new Error(`start ended with code ${code} before it was ready`)));
    let printed = "";
    createInterface(child.stdout).on("line", (line) => {
      printed += `${line}\n`;
      if (line.includes("Ctrl-C")) resolve(printed);
    });
  });
}

function childrenOf(pid: number | undefined): readonly number[] {
  const processes = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = processes.map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.flatMap(([child, parent]) => (child !== undefined && parent === pid ? [child] : []));
}
