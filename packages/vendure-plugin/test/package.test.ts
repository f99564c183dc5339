import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { packedByNpm, unpackedIn } from "@qonto-pay/test-run/packed";
import { publint } from "publint";
import { afterAll, beforeAll, expect, it } from "vitest";
import client from "../../client/package.json" with { type: "json" };
import manifest from "../package.json" with { type: "json" };

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const installed = createRequire(import.meta.url);

/** The tarball as npm would publish it, and a shop that has installed it beside Vendure and the client. */
let folder: string;
let tarball: string;
let shop: string;
let unpacked: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "qonto-pay-vendure-pack-"));
  shop = join(folder, "shop");
  const modules = join(shop, "node_modules");
  for (const scope of ["@qonto-pay", "@nestjs", "@vendure", "@types"]) {
    await mkdir(join(modules, scope), { recursive: true });
  }
  tarball = join(folder, "vendure-plugin.tgz");
  [unpacked] = await Promise.all([
    pack(join(modules, "@qonto-pay/vendure-plugin")),
    buildClient(join(modules, "@qonto-pay/client")),
  ]);
  for (const name of [...Object.keys(manifest.peerDependencies), "@types/node"]) {
    await symlink(join(PACKAGE, "test/node_modules", name), join(modules, name));
  }
  await writeFile(join(shop, "package.json"), '{ "type": "module" }');
});
afterAll(() => rm(folder, { recursive: true }));

/** Packs the plugin and installs it in the shop. @returns the folder. */
async function pack(target: string): Promise<string> {
  await run("pnpm", ["pack", "--out", tarball], { cwd: PACKAGE });
  await mkdir(target);
  await run("tar", ["-xzf", tarball, "--strip-components=1", "-C", target]);
  return target;
}

/** Builds the client instead of packing it, because another suite may be packing it at the same time. */
async function buildClient(target: string): Promise<void> {
  await run("pnpm", ["exec", "vite", "build", "--outDir", join(target, "dist")], { cwd: join(PACKAGE, "../client") });
  await writeFile(join(target, "package.json"), JSON.stringify(client));
}

it("contains one module and its types, which import only packages that a shop has installed", async () => {
  expect((await readdir(unpacked)).toSorted()).toEqual(["LICENSE", "README.md", "dist", "package.json"]);
  expect((await readdir(join(unpacked, "dist"))).toSorted()).toEqual(["index.d.ts", "index.js"]);
  const known = ["@qonto-pay/client", ...Object.keys(manifest.peerDependencies)];
  for (const file of ["index.js", "index.d.ts"]) {
    const text = await readFile(join(unpacked, "dist", file), "utf8");
    const named = [...text.matchAll(/(?:\bfrom ?|\bimport ?\(?|\brequire\()["']([^"']+)["']/g)].map(
      (match) => match[1],
    );
    const isKnown = (name = "") => known.some((one) => name === one || name.startsWith(`${one}/`));
    expect(named.filter((name) => !name?.startsWith("node:") && !isKnown(name))).toEqual([]);
  }
});

it("has the same contents when npm packs it", async () => {
  expect(await unpackedIn(unpacked)).toEqual(await packedByNpm(PACKAGE));
});

it("passes publint", async () => {
  expect((await publint({ pkgDir: unpacked, strict: true })).messages).toEqual([]);
});

it("passes attw", async () => {
  const attw = join(dirname(installed.resolve("@arethetypeswrong/cli/package.json")), "dist/index.js");
  // CommonJS code, such as Vendure, can require ESM from Node 20.19 and 22.12 on. attw also checks older versions.
  const { stdout } = await run(process.execPath, [attw, tarball, "--ignore-rules", "cjs-resolves-to-esm"]);
  expect(stdout).toContain("No problems found");
});

it("works in a shop: the documented code compiles, and plain Node imports and requires the module", async () => {
  const blocks = [...(await readFile(join(PACKAGE, "README.md"), "utf8")).matchAll(/```ts\n(.*?)```/gs)];
  expect(blocks.length).toBeGreaterThan(0);
  await writeFile(join(shop, "config.ts"), blocks.map((match) => match[1]).join("\n"));
  const flags = ["--module", "nodenext", "--target", "es2023", "--lib", "es2023,dom", "--types", "node", "--strict"];
  // Skips the types of Vendure and its dependencies.
  const tsc = join(PACKAGE, "../../node_modules/.bin/tsc");
  await run(tsc, [...flags, "--skipLibCheck", "config.ts"], { cwd: shop }).catch(({ stdout }: { stdout: string }) => {
    throw new Error(stdout);
  });
  const load = "console.log(typeof QontoPayPlugin.init, plugins.length);";
  await writeFile(
    join(shop, "as-module.js"),
    `import { QontoPayPlugin } from "@qonto-pay/vendure-plugin";
import { plugins } from "./config.js";
${load}`,
  );
  await writeFile(
    join(shop, "as-required.cjs"),
    `const { QontoPayPlugin } = require("@qonto-pay/vendure-plugin");
const { plugins } = require("./config.js");
${load}`,
  );
  for (const file of ["as-module.js", "as-required.cjs"]) {
    expect((await run(process.execPath, [file], { cwd: shop })).stdout).toBe("function 1\n");
  }
});
