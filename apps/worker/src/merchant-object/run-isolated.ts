import { logDefect } from "../context/log.ts";

/**
 * Runs background work and logs its defects. A defect must not end an alarm: if it were thrown, Cloudflare would retry
 * the alarm six times and then never again.
 *
 * @returns false after a defect.
 */
export async function runIsolated(what: string, work: () => void | Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (defect) {
    logDefect(what, defect);
    return false;
  }
}
