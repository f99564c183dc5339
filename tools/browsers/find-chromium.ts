import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import chromium from "@sparticuz/chromium";

const SYSTEM_PATHS = ["/usr/bin/google-chrome", "/usr/bin/chromium", "/usr/bin/chromium-browser"];

/**
 * Returns the path of a Chromium for tests: `CHROME_PATH`, else the one inside the npm package @sparticuz/chromium
 * (Linux x64), which is the same on every machine, else the system's.
 *
 * @throws Error naming the command that installs one, if none of the three exists.
 */
export async function findChromium(): Promise<string> {
  const named = process.env["CHROME_PATH"];
  if (named !== undefined && named !== "") {
    if (existsSync(named)) return named;
    throw new Error(`CHROME_PATH is ${named}, but that file does not exist.`);
  }
  const system = findSystemChromium();
  try {
    const found = (await bundledChromium()) ?? system;
    if (found !== undefined) return found;
  } catch (error) {
    if (system === undefined) throw error;
    console.warn(`The packages' Chromium could not be unpacked (${String(error)}).`);
    return system;
  }
  throw new Error("No Chromium was found. Install one (Debian: apt-get install chromium) or set CHROME_PATH.");
}

/** Returns the path of this machine's Chrome or Chromium. Undefined if it has none. */
export function findSystemChromium(): string | undefined {
  return SYSTEM_PATHS.find((path) => existsSync(path));
}

/** Describes a Chromium by its path, for the output of a test run. */
export function describeChromium(path: string): string {
  return `Chromium: ${path} (${path.startsWith(FOLDER) ? "the packages' own" : "this machine's"}).`;
}

/** Its files have the same names in every version: an older one left in a shared folder must not be used. */
const FOLDER = join(tmpdir(), "qonto-pay-chromium-153.0.0");

let unpacked: Promise<string> | undefined;

/**
 * Returns the path of the one Chromium that is the same on every machine, unpacked on first use: pictures are compared
 * in it alone. Undefined if there is none: it is made for Linux x64.
 *
 * @throws Error if it can't be unpacked.
 */
export async function bundledChromium(): Promise<string | undefined> {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  return await (unpacked ??= unpack());
}

/** Unpacks beside, then renames: processes that unpack at once, or are killed meanwhile, leave no half of it. */
async function unpack(): Promise<string> {
  const path = join(FOLDER, "chromium");
  if (existsSync(path)) return path;
  // Makes the package unpack its own NSS libraries too, which a bare machine lacks.
  process.env["AWS_LAMBDA_JS_RUNTIME"] ??= "nodejs24.x";
  const shared = process.env["TMPDIR"];
  const beside = mkdtempSync(`${FOLDER}-`);
  process.env["TMPDIR"] = beside;
  try {
    await chromium.executablePath();
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    throw error;
  } finally {
    if (shared === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = shared;
  }
  try {
    renameSync(beside, FOLDER);
  } catch (error) {
    rmSync(beside, { recursive: true });
    // Another process was faster.
    if (!existsSync(path)) throw error;
  }
  return path;
}

/** Arguments for its launch: only the one that running as root requires. Web security stays on. */
export const CHROMIUM_ARGS: readonly string[] = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-background-networking",
  "--disable-component-update",
  "--no-first-run",
];
