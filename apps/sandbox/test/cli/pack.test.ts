import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { packedByNpm, unpackedIn } from "@qonto-pay/test-run/packed";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "../support/client.ts";
import { runCli } from "../support/run-cli.ts";

const run = promisify(execFile);
const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));

/** The tarball to publish, unpacked in a folder of its own, where it cannot find files outside of it. */
let unpacked: string;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "qonto-sandbox-pack-"));
  await run("pnpm", ["pack", "--pack-destination", folder], { cwd: PACKAGE });
  const [tarball] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  await run("tar", ["-xzf", tarball ?? "", "-C", folder], { cwd: folder });
  unpacked = join(folder, "package");
});
afterAll(() => rm(folder, { recursive: true }));

test("the tarball contains the command, its README and license, and no dependency", async () => {
  expect((await readdir(unpacked)).toSorted()).toEqual(["LICENSE", "README.md", "bin", "dist", "package.json"]);
  for (const name of ["bin", "dist"]) expect(await readdir(join(unpacked, name))).toEqual(["qonto-sandbox.js"]);
  const manifest = JSON.parse(await readFile(join(unpacked, "package.json"), "utf8")) as Record<string, unknown>;
  expect(manifest["bin"]).toEqual({ "qonto-sandbox": "bin/qonto-sandbox.js" });
  expect(manifest["dependencies"]).toBeUndefined();
  // Only this repository uses the condition that leads to the sources.
  expect(manifest["exports"]).toEqual({
    ".": { "@qonto-pay/source": "./src/start-sandbox.ts" },
    "./package.json": "./package.json",
  });
});

test("the tarball is the same when npm packs it", async () => {
  expect(await unpackedIn(unpacked)).toEqual(await packedByNpm(PACKAGE));
});

test("its command runs without other files, and keeps its data", async () => {
  const bin = join(unpacked, "bin/qonto-sandbox.js");
  expect(await readFile(bin, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  const args = ["--port", "0", "--data", join(folder, "data.json")];
  const first = await runCli(args, bin);
  const id = await (await Client.connect(first)).createLink();
  await first.kill("SIGTERM");
  const second = await runCli(args, bin);
  expect(await (await Client.connect(second)).linkStatus(id)).toBe("open");
  await second.kill("SIGTERM");
});
