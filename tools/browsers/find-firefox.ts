import { existsSync } from "node:fs";

const SYSTEM_PATHS = ["/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox"];

/**
 * Returns the path of a Firefox for tests: `FIREFOX_PATH`, else the system's. Undefined if there is none, which is
 * allowed.
 *
 * @throws Error if the file in `FIREFOX_PATH` does not exist.
 */
export function findFirefox(): string | undefined {
  const named = process.env["FIREFOX_PATH"];
  if (named === undefined || named === "") return SYSTEM_PATHS.find((path) => existsSync(path));
  if (existsSync(named)) return named;
  throw new Error(`FIREFOX_PATH is ${named}, but that file does not exist.`);
}
