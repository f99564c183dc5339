import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

let folder = "";
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Checks a tree of small files with the rules of this repository. @returns the names of the broken rules. */
function brokenRules(files: Readonly<Record<string, string>>): readonly string[] {
  folder = mkdtempSync(join(tmpdir(), "qonto-pay-directions-"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const roots = [...new Set(Object.keys(files).map((path) => path.split("/")[0] ?? ""))];
  const { stdout, stderr } = spawnSync(
    join(REPOSITORY, "node_modules/.bin/depcruise"),
    ["--config", join(REPOSITORY, ".dependency-cruiser.mjs"), "--output-type", "json", ...roots],
    { cwd: folder, encoding: "utf8" },
  );
  if (stdout === "") throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as { summary: { violations: readonly { rule: { name: string } }[] } };
  return [...new Set(summary.violations.map((violation) => violation.rule.name))];
}

/** Two files, the first of which imports the second. */
function importing(from: string, to: string): Record<string, string> {
  const up = "../".repeat(from.split("/").length - 1);
  return {
    [from]: `import { value } from "${up}${to}";\nexport const copy = value;\n`,
    [to]: "export const value = 1;\n",
  };
}

it.each([
  ["core-imports-nothing-of-ours", "packages/core/src/a.ts", "packages/button/src/b.ts"],
  ["core-imports-nothing-of-ours", "packages/core/src/a.ts", "apps/worker/src/b.ts"],
  ["zod-only-in-schema-modules", "packages/core/src/a.ts", "packages/core/src/b.schema.ts"],
  ["zod-only-in-schema-modules", "packages/button/src/a.ts", "packages/core/src/b.schema.ts"],
  ["button-imports-core-only", "packages/button/src/a.ts", "apps/worker/src/b.ts"],
  ["button-imports-core-only", "packages/button/src/a.ts", "packages/client/src/b.ts"],
  ["client-imports-core-only", "packages/client/src/a.ts", "packages/button/src/b.ts"],
  ["client-imports-core-only", "packages/client/src/a.ts", "apps/worker/src/b.ts"],
  ["zod-only-in-schema-modules", "packages/client/src/a.ts", "packages/core/src/b.schema.ts"],
  ["vendure-plugin-imports-client-only", "packages/vendure-plugin/src/a.ts", "packages/core/src/b.ts"],
  ["vendure-plugin-imports-client-only", "packages/vendure-plugin/src/a.ts", "apps/worker/src/b.ts"],
  ["apps-import-packages-only", "apps/worker/src/a.ts", "apps/sandbox/src/b.ts"],
  ["apps-import-packages-only", "apps/sandbox/src/a.ts", "packages/button/src/b.ts"],
  ["demo-imports-nothing-of-ours", "apps/demo/src/a.ts", "packages/core/src/b.ts"],
  ["leaves-do-not-import-each-other", "apps/worker/src/qonto/a.ts", "apps/worker/src/storage/b.ts"],
  ["leaves-do-not-import-each-other", "apps/worker/src/pages/a.ts", "apps/worker/src/security/b.ts"],
  ["leaves-do-not-import-upwards", "apps/worker/src/pricing/a.ts", "apps/worker/src/journeys/b.ts"],
  ["journeys-do-not-import-upwards", "apps/worker/src/journeys/a.ts", "apps/worker/src/router.ts"],
])("%s: %s may not import %s", (rule, from, to) => {
  expect(brokenRules(importing(from, to))).toContain(rule);
});

it("a circle is refused", () => {
  const a = 'import { b } from "./b.ts";\nexport const a = () => b;\n';
  const b = 'import { a } from "./a.ts";\nexport const b = () => a;\n';
  expect(brokenRules({ "packages/core/src/a.ts": a, "packages/core/src/b.ts": b })).toContain("no-circles");
});

it("the client may not import a module of Node's, which other runtimes lack", () => {
  const a = 'import { createHmac } from "node:crypto";\nexport const hmac = createHmac;\n';
  const b = 'export { hmac } from "./a.ts";\n';
  expect(brokenRules({ "packages/client/src/a.ts": a, "packages/client/src/b.ts": b })).toEqual([
    "client-runs-everywhere",
  ]);
});

it.each([
  ["packages/client/src/a.ts", "packages/core/src/b.ts"],
  ["apps/worker/src/journeys/a.ts", "apps/worker/src/storage/b.ts"],
  ["apps/worker/src/qonto/a.ts", "apps/worker/src/qonto/b.ts"],
  ["apps/worker/src/pricing/a.ts", "packages/core/src/b.ts"],
  ["packages/button/src/a.ts", "packages/core/src/b.ts"],
])("%s may import %s", (from, to) => {
  expect(brokenRules(importing(from, to))).toEqual([]);
});
