import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Client } from "../support/client.ts";
import { runCli } from "../support/run-cli.ts";

let folder: string;
let bundle: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "qonto-sandbox-bundle-"));
  const root = fileURLToPath(new URL("../..", import.meta.url));
  await build({ root, configFile: join(root, "vite.config.ts"), logLevel: "error", build: { outDir: folder } });
  bundle = join(folder, "qonto-sandbox.js");
});
afterAll(() => rm(folder, { recursive: true }));

test("the bundled command is one file that only imports Node's own modules", async () => {
  expect(await readdir(folder)).toEqual(["qonto-sandbox.js"]);
  const source = await readFile(bundle, "utf8");
  const imports = [...source.matchAll(/^import .*? from "([^"]+)"/gm)].map((match) => match[1] ?? "");
  expect(imports.length).toBeGreaterThan(0);
  expect(imports.filter((name) => !builtinModules.includes(name.replace("node:", "")))).toEqual([]);
});

test("the bundled command listens at every start", async () => {
  for (const _ of [1, 2, 3]) {
    const cli = await runCli(["--port", "0"], bundle);
    await cli.kill("SIGTERM");
  }
});

test("the bundled command serves requests", async () => {
  const cli = await runCli(["--port", "0"], bundle);
  const client = await Client.connect(cli);
  expect(await client.linkStatus(await client.createLink())).toBe("open");
  await cli.kill("SIGTERM");
});
