import { logDefect } from "../context/log.ts";

/**
 * Does something that nobody waits for. A defect in it must not end an alarm: thrown on, Cloudflare would ring six more
 * times and then never again.
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
