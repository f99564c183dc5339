import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { TestProject } from "vitest/node";

const run = promisify(execFile);
const HERE = fileURLToPath(new URL(".", import.meta.url));
export const BUTTON = join(HERE, "../../packages/button");

/** Packages that a shop installs besides the button. */
const BESIDE = ["lit", "@types/react", "csstype", "vue", "svelte"];

declare module "vitest" {
  interface ProvidedContext {
    /** The path of the tarball to be published. */
    readonly tarball: string;
    /** The folder of a shop that has installed this tarball and no other package of this repository. */
    readonly shop: string;
  }
}

/** Packs the button and installs it into a new shop, once for all tests. */
export default async function installPacked({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "qonto-pay-button-pack-"));
  // Without scripts: it is already built, and rebuilding would remove files that other processes read.
  await run("pnpm", ["--config.ignore-scripts=true", "pack", "--pack-destination", folder], { cwd: BUTTON });
  const tarball = join(folder, (await readdir(folder)).find((name) => name.endsWith(".tgz")) ?? "");
  const shop = join(folder, "shop");
  const unpacked = join(shop, "node_modules/@qonto-pay/button");
  await mkdir(unpacked, { recursive: true });
  await run("tar", ["-xzf", tarball, "--strip-components=1", "-C", unpacked]);
  for (const name of BESIDE) await link(name, join(shop, "node_modules", name));
  await cp(join(HERE, "fixtures"), shop, { recursive: true });
  await writeFile(join(shop, "package.json"), '{ "type": "module" }');
  provide("tarball", tarball);
  provide("shop", shop);
  return () => rm(folder, { recursive: true });
}

async function link(name: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(await installed(name), path);
}

/** Returns the folder of an installed package, or of a dependency of one. */
async function installed(name: string): Promise<string> {
  if (name !== "csstype") return realpath(join(HERE, "node_modules", name));
  const react = await installed("@types/react");
  return join(react, "../../csstype");
}

export async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, "utf8")) as T;
}
