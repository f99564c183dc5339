import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartProblem } from "../command-line/start-problem.ts";

/**
 * Claims a state folder for this process until it ends, because two processes would overwrite each other's state.
 * Creates the folder if it does not exist. A claim whose process was killed is replaced.
 *
 * @throws StartProblem if a running process has the folder, or it can't be written.
 */
export function claimStateFolder(folder: string): void {
  const file = join(folder, "running.pid");
  try {
    mkdirSync(folder, { recursive: true });
    const owner = readOwner(file);
    if (owner !== undefined && isRunning(owner))
      throw new StartProblem(
        `This state folder is in use by process ${owner}. Stop that process, or choose another folder with --state FOLDER.`,
      );
    rmSync(file, { force: true });
    // Fails if another process was faster.
    writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    const code = error instanceof Error && "code" in error ? error.code : error;
    throw new StartProblem(
      `State can't be written to ${folder} (${String(code)}). Choose another folder with --state FOLDER.`,
      {
        cause: error,
      },
    );
  }
  process.once("exit", () => rmSync(file, { force: true }));
}

function readOwner(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Any other code means that the process exists and belongs to another user.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
