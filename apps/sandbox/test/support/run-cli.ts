import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const CLI = fileURLToPath(new URL("../../src/cli.ts", import.meta.url));

export interface RunningCli {
  readonly url: string;
  /** Sends a signal and waits for the end. Answers the exit code, null when the signal ended it. */
  readonly kill: (signal: NodeJS.Signals) => Promise<number | null>;
}

/** Starts the command as a user does, and waits for the line that says where it listens. */
export async function runCli(args: readonly string[], program = CLI): Promise<RunningCli> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const url = await firstUrl(child);
  return {
    url,
    kill: async (signal) => {
      child.kill(signal);
      const [code] = (await once(child, "exit")) as [number | null];
      return code;
    },
  };
}

/** Runs the command to its end. */
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

async function firstUrl(child: ChildProcess): Promise<string> {
  let printed = "";
  for await (const chunk of child.stdout ?? []) {
    printed += String(chunk);
    const url = /http:\/\/\S+/.exec(printed)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error(`The command ended without a URL: ${printed}`);
}
