import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartProblem } from "../command-line/start-problem.ts";

/**
 * Takes a state folder, made where there is none, for this process until it ends: two would overwrite each other's state.
 * A claim whose process was killed is taken over.
 *
 * @throws StartProblem when a running process has the folder, or it can't be written.
 */
export function claimStateFolder(folder: string): void {
  const file = join(folder, "running.pid");
  try {
    mkdirSync(folder, { recursive: true });
    const owner = readOwner(file);
    if (owner !== undefined && isRunning(owner))
      throw new StartProblem(`Already started, as process ${owner}: end that one, or choose another --state FOLDER.`);
    rmSync(file, { force: true });
    // Fails where somebody else was faster since.
    writeFileSync(file, `${process.pid}\n`, { flag: "wx" });
  } catch (error) {
    if (error instanceof StartProblem) throw error;
    const code = error instanceof Error && "code" in error ? error.code : error;
    throw new StartProblem(`State can't be kept in ${folder} (${String(code)}). Choose another --state FOLDER.`, {
      cause: error,
    });
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
    // Any other code means that there is such a process, of another user.
    return !(error instanceof Error && "code" in error && error.code === "ESRCH");
  }
}
