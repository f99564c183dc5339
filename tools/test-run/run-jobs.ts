import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** Dozens of processes load the same big modules: a cache saves compiling them each time. */
const COMPILE_CACHE = fileURLToPath(new URL("../../node_modules/.cache/compiled", import.meta.url));
const ENVIRONMENT = { ...process.env, NODE_COMPILE_CACHE: COMPILE_CACHE, TURBO_TELEMETRY_DISABLED: "1" };

/** A command whose exit code shows its success. */
export interface Job {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly folder: string;
}

/**
 * Runs jobs in their order, with a limit on concurrent ones. The output of each is printed when it ends, to keep it
 * together.
 *
 * @returns the failed jobs.
 * @throws Error if a command does not exist.
 */
export async function runJobs(jobs: readonly Job[], atOnce: number): Promise<readonly Job[]> {
  const waiting = [...jobs];
  const failed: Job[] = [];
  async function work(): Promise<void> {
    for (let job = waiting.shift(); job !== undefined; job = waiting.shift()) {
      if (!(await isDone(job))) failed.push(job);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return failed;
}

async function isDone({ name, command, folder }: Job): Promise<boolean> {
  const [program, ...args] = command;
  const startedAt = performance.now();
  console.log(`> ${name} begins`);
  // A file keeps both streams in order. Unlike a pipe, it does not wait for an orphaned process that keeps it open.
  const outputFolder = mkdtempSync(join(tmpdir(), "qonto-pay-test-run-"));
  const outputFile = join(outputFolder, "output");
  const output = openSync(outputFile, "a");
  const child = spawn(program, args, { cwd: folder, env: ENVIRONMENT, stdio: ["ignore", output, output] });
  const [code] = await once(child, "exit");
  closeSync(output);
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(
    `${readFileSync(outputFile, "utf8").trimEnd()}\n> ${name} ${code === 0 ? "is done" : "failed"}: ${seconds} s\n`,
  );
  rmSync(outputFolder, { recursive: true });
  return code === 0;
}
