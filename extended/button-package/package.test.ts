import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { packedByNpm, unpackedIn } from "@qonto-pay/test-run/packed";
import { publint } from "publint";
import { expect, inject, it } from "vitest";
import { BUTTON, readJson } from "./install-packed.ts";

const run = promisify(execFile);
const unpacked = join(inject("shop"), "node_modules/@qonto-pay/button");

interface Manifest {
  readonly version: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly sideEffects: readonly string[];
  readonly customElements: string;
  readonly "web-types": string;
  readonly dependencies: Readonly<Record<string, string>>;
}
const manifest = await readJson<Manifest>(join(unpacked, "package.json"));

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(unpacked, folder), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

it("the package contains the files that its manifest names", async () => {
  const named = Object.values(manifest.exports).flatMap((entry) =>
    typeof entry === "string" ? [entry] : Object.values(entry),
  );
  const files = await filesIn(".");
  const wanted = [...named, manifest.customElements, manifest["web-types"], "README.md", "LICENSE"];
  expect(wanted.map((path) => join(unpacked, path)).filter((path) => !files.includes(path))).toEqual([]);
});

it("the package contains the scripts for the script tag, and no sources", async () => {
  expect(await readdir(join(unpacked, "dist"))).toEqual(["script"]);
  expect(await readdir(join(unpacked, "dist/script"))).toEqual(
    expect.arrayContaining(["qonto-pay-button.js", "qonto-pay-status.js"]),
  );
  expect((await readdir(unpacked)).toSorted()).toEqual(["LICENSE", "README.md", "dist", "package", "package.json"]);
});

it("the package imports only Lit, and its types also import the frameworks", async () => {
  expect(Object.keys(manifest.dependencies)).toEqual(["lit"]);
  const imported = new Set<string>();
  for (const file of await filesIn("package/dist")) {
    if (!/\.(js|d\.ts)$/.test(file)) continue;
    for (const [, name = ""] of (await readFile(file, "utf8")).matchAll(/\b(?:from|import) ?\(?"([^".][^"]*)"/g)) {
      imported.add(name);
    }
  }
  expect([...imported].toSorted()).toEqual(["lit", "react", "svelte/elements", "vue"]);
});

it("the package lists each module that registers an element as a side effect", () => {
  const registering = ["define", "define-status", "react", "vue", "svelte"].map((name) => `./package/dist/${name}.js`);
  expect(manifest.sideEffects).toEqual(expect.arrayContaining(registering));
});

it("the package is the same when npm packs it", async () => {
  expect(await unpackedIn(unpacked)).toEqual(await packedByNpm(BUTTON));
});

it("publint reports no problem", async () => {
  expect((await publint({ pkgDir: unpacked, strict: true })).messages).toEqual([]);
});

it("attw reports no problem", async () => {
  const attw = createRequire(import.meta.url).resolve("@arethetypeswrong/cli/package.json");
  // CommonJS can require ESM since Node 20.19 and 22.12. attw also checks older versions.
  // attw also checks resolvers without "exports", and marks their results as ignored.
  const rules = ["--ignore-rules", "cjs-resolves-to-esm", "--profile", "node16"];
  const { stdout } = await run(process.execPath, [join(dirname(attw), "dist/index.js"), inject("tarball"), ...rules]);
  expect(stdout).toContain("bundler: 🟢");
  expect(stdout.replaceAll(/^.*\(ignored.*$/gm, "")).not.toMatch(/💀|❌|⚠️|🚭|🐛|👺|🎭|❓/u);
});
