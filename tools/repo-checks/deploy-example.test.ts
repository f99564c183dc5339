import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { codeInDocument, REPOSITORY } from "./code-in-document.ts";

const DOCUMENT = "docs/operations/deploy.md";

it("the command of docs/operations/deploy.md names every setting that is no secret, in a dry run without an account", async () => {
  const command = codeInDocument(DOCUMENT, "sh", "wrangler deploy").replace(
    "npx pnpm@10.34.8 exec wrangler",
    `'${process.execPath}' node_modules/wrangler/bin/wrangler.js`,
  );
  const cwd = join(REPOSITORY, "apps/worker");
  const { CLOUDFLARE_API_TOKEN: _token, ...own } = process.env;
  const env = { ...own, WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false" };
  const { stdout } = await promisify(execFile)("sh", ["-euc", command, "deploy.sh", "--dry-run"], { cwd, env });
  const rows = readFileSync(join(REPOSITORY, DOCUMENT), "utf8").matchAll(/^\| `([A-Z_]+)` +\| (?!secret)/gm);
  const settings = [...rows].map(([, name = ""]) => name);
  expect(settings).toContain("QONTO_CLIENT_ID");
  expect(settings.filter((name) => !stdout.includes(`env.${name} `))).toEqual([]);
  expect(stdout).toContain("--dry-run: exiting now.");
});
