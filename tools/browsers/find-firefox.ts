import { existsSync } from "node:fs";

const SYSTEM_PATHS = ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/**
 * The path of a Firefox to test with: `FIREFOX_PATH`, else the system's. Undefined where there is none, which a machine
 * may do without.
 *
 * @throws Error where `FIREFOX_PATH` names nothing.
 */
export function findFirefox(): string | undefined {
  const named = process.env["FIREFOX_PATH"];
  if (named === undefined || named === "") return SYSTEM_PATHS.find((path) => existsSync(path));
  if (existsSync(named)) return named;
  throw new Error(`FIREFOX_PATH names ${named}, and nothing is there.`);
}
