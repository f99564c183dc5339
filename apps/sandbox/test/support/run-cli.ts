import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));

export interface RunningCli {
  readonly url: string;
  /** Resolves to the next line after the one with the address. */
  readonly nextLine: () => Promise<string>;
  /** Sends a signal and waits for the exit. Resolves to the exit code; null if the signal ended the command. */
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>;
}

/** Starts the command as a user does, and waits until it prints its address. */
export async function runCli(args: readonly string[], program = CLI): Promise<RunningCli> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextLine = async () => {
    const { done, value } = await lines.next();
    if (done === true) throw new Error("The command ended.");
    return value;
  };
  const url = /http:\/\/\S+/.exec(await nextLine())?.[0];
  if (url === undefined) throw new Error("The command did not print its address.");
  return {
    url,
    nextLine,
    kill: async (signal) => {
      child.kill(signal);
      const [code] = (await once(child, "exit")) as [number | null];
      return code;
    },
  };
}

/** Runs the command until it exits. */
export async function cliOutput(args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (chunk: string) => {
      output[name] += chunk;
    });
  }
  const [code] = (await once(child, "close")) as [number];
  return { code, ...output };
}
