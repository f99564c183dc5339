import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";

const run = promisify(execFile);
const HERE = fileURLToPath(new URL(".", import.meta.url));
const CLIENT = join(HERE, "../../packages/client");
const JEST = join(dirname(createRequire(import.meta.url).resolve("jest/package.json")), "bin/jest.js");

/** A CommonJS shop that has installed the tarball to be published and no other package of this repository. */
let folder: string;
let shop: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "qonto-pay-client-jest-"));
  await run("pnpm", ["pack", "--pack-destination", folder], { cwd: CLIENT });
  const tarball = join(folder, (await readdir(folder)).find((name) => name.endsWith(".tgz")) ?? "");
  shop = join(folder, "shop");
  const unpacked = join(shop, "node_modules/@qonto-pay/client");
  await mkdir(unpacked, { recursive: true });
  await run("tar", ["-xzf", tarball, "--strip-components=1", "-C", unpacked]);
  await cp(join(HERE, "fixtures"), shop, { recursive: true });
  await writeFile(join(shop, "package.json"), "{}");
});
afterAll(() => rm(folder, { recursive: true }));

interface JestReport {
  readonly success: boolean;
  readonly numPassedTests: number;
  readonly testResults: readonly { readonly message: string }[];
}

it("Jest with default settings runs the tests of a shop that requires the client", async () => {
  const file = join(folder, "report.json");
  const args = [JEST, "--rootDir", shop, "--json", "--outputFile", file, "--no-watchman", "--runInBand"];
  await run(process.execPath, args, { cwd: shop }).catch(() => undefined);
  const { success, numPassedTests, testResults } = JSON.parse(await readFile(file, "utf8")) as JestReport;
  expect(testResults.map(({ message }) => message)).toEqual([""]);
  expect({ success, numPassedTests }).toEqual({ success: true, numPassedTests: 3 });
});
