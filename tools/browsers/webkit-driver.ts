import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { WebKit } from "./find-webkit.ts";

export interface WebKitDriver {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

const START_MS = 20_000;

/** Starts WebKit's WebDriver on a virtual screen of its own. @throws Error if it does not start. */
export async function startWebKitDriver({ screen, driver }: WebKit, port: number): Promise<WebKitDriver> {
  // A process group of its own: the screen, the driver and its browsers end together.
  const group = spawn(screen, ["-a", driver, `--port=${port}`, "--host=127.0.0.1"], {
    detached: true,
    stdio: "ignore",
  });
  const ended = once(group, "exit");
  const end = (): void => {
    if (group.pid !== undefined && group.exitCode === null) process.kill(-group.pid, "SIGTERM");
  };
  // Runs even if the tests end early.
  process.once("exit", end);
  const stop = async (): Promise<void> => {
    process.off("exit", end);
    end();
    await ended;
  };
  const deadline = Date.now() + START_MS;
  while (!(await isUp(port))) {
    if (group.exitCode === null && Date.now() < deadline) {
      await pause(50);
      continue;
    }
    await stop();
    throw new Error(`${driver} did not start on port ${port}.`);
  }
  return { port, stop };
}

async function isUp(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/status`)).ok;
  } catch {
    return false;
  }
}
