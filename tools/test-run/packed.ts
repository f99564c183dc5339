import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The published form of a package. */
export interface Packed {
  /** Paths below the package. */
  readonly files: readonly string[];
  /** `package.json`, without the fields that have no effect in an installed package. pnpm rewrites those. */
  readonly manifest: Readonly<Record<string, unknown>>;
}

/** Returns the files that `npm pack` includes for a package that is already built. */
export async function packedByNpm(folder: string): Promise<Packed> {
  const { stdout } = await run("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: folder });
  const [tarball] = Object.values(JSON.parse(stdout) as { files: readonly { path: string }[] }[]);
  return { files: (tarball?.files ?? []).map(({ path }) => path).toSorted(), manifest: await readManifest(folder) };
}

/** Returns the content of a tarball that is unpacked in a folder. */
export async function unpackedIn(folder: string): Promise<Packed> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return { files: files.map((file) => relative(folder, file)).toSorted(), manifest: await readManifest(folder) };
}

async function readManifest(folder: string): Promise<Packed["manifest"]> {
  const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as Record<string, unknown>;
  return { ...manifest, devDependencies: undefined, scripts: undefined };
}
