import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** The rooms of the Worker, from the lowest to the highest. */
const ROOMS = [
  "crypto",
  "http",
  "qonto",
  "pages",
  "errors",
  "storage",
  "context",
  "idempotency",
  "accounts",
  "console",
  "events",
  "webhooks",
  "connection",
  "pricing",
  "diagnostics",
  "payment-link",
  "checkout",
  "storefront",
  "catalog",
  "api",
  "merchant-object",
  "deployment-object",
  "openapi",
  "routes",
] as const;

/** The rooms of the button, from the lowest to the highest. */
const BUTTON_ROOMS = ["api", "events", "locales", "help", "status", "checkout", "elements"] as const;

/** A rule, a file that breaks it, and the import. */
const FORBIDDEN = [
  ["core-imports-nothing-of-ours", "packages/core/src/a1.ts", "packages/button/src/b1.ts"],
  ["core-imports-nothing-of-ours", "packages/core/src/a2.ts", "apps/worker/src/b2.ts"],
  ["zod-only-in-schema-modules", "packages/core/src/a3.ts", "packages/core/src/b3.schema.ts"],
  ["zod-only-in-schema-modules", "packages/button/src/a4.ts", "packages/core/src/b4.schema.ts"],
  ["button-imports-core-only", "packages/button/src/a5.ts", "apps/worker/src/b5.ts"],
  ["button-imports-core-only", "packages/button/src/a6.ts", "packages/client/src/b6.ts"],
  ["web-imports-nothing-of-ours", "packages/web/src/a6b.ts", "packages/core/src/b6b.ts"],
  ["client-imports-core-and-web-only", "packages/client/src/a7.ts", "packages/button/src/b7.ts"],
  ["client-imports-core-and-web-only", "packages/client/src/a8.ts", "apps/worker/src/b8.ts"],
  ["zod-only-in-schema-modules", "packages/client/src/a9.ts", "packages/core/src/b9.schema.ts"],
  ["vendure-plugin-imports-client-only", "packages/vendure-plugin/src/a10.ts", "packages/core/src/b10.ts"],
  ["vendure-plugin-imports-client-only", "packages/vendure-plugin/src/a11.ts", "apps/worker/src/b11.ts"],
  [
    "vendure-plugin-entities-import-nothing-of-the-plugin",
    "packages/vendure-plugin/src/entities/a26.ts",
    "packages/vendure-plugin/src/services/b26.ts",
  ],
  [
    "vendure-plugin-entities-import-nothing-of-the-plugin",
    "packages/vendure-plugin/src/entities/a27.ts",
    "packages/vendure-plugin/src/constants.ts",
  ],
  [
    "vendure-plugin-services-import-no-caller",
    "packages/vendure-plugin/src/services/a28.ts",
    "packages/vendure-plugin/src/api/b28.ts",
  ],
  [
    "vendure-plugin-services-import-no-caller",
    "packages/vendure-plugin/src/services/a29.ts",
    "packages/vendure-plugin/src/config/b29.ts",
  ],
  [
    "vendure-plugin-services-import-no-caller",
    "packages/vendure-plugin/src/services/a30.ts",
    "packages/vendure-plugin/src/qonto-pay.handler.ts",
  ],
  [
    "vendure-plugin-files-stand-in-a-known-folder",
    "packages/vendure-plugin/src/a31.ts",
    "packages/vendure-plugin/src/helpers/b31.ts",
  ],
  ["apps-import-packages-only", "apps/worker/src/a12.ts", "apps/sandbox/src/b12.ts"],
  ["apps-import-packages-only", "apps/sandbox/src/a13.ts", "packages/button/src/b13.ts"],
  ["demo-imports-nothing-of-ours", "apps/demo/src/a14.ts", "packages/core/src/b14.ts"],
  ...ROOMS.slice(0, -1).map(
    (room, place) =>
      [
        `${room}-imports-rooms-below-only`,
        `apps/worker/src/${room}/up${place}.ts`,
        `apps/worker/src/${ROOMS[place + 1]}/above${place}.ts`,
      ] as const,
  ),
  ["crypto-imports-rooms-below-only", "apps/worker/src/crypto/a15.ts", "apps/worker/src/routes/b15.ts"],
  ["checkout-imports-rooms-below-only", "apps/worker/src/checkout/a16.ts", "apps/worker/src/router.ts"],
  ["routes-imports-rooms-below-only", "apps/worker/src/routes/a17.ts", "apps/worker/src/router.ts"],
  ...BUTTON_ROOMS.slice(0, -1).map(
    (room, place) =>
      [
        `button-${room}-imports-rooms-below-only`,
        `packages/button/src/${room}/up${place}.ts`,
        `packages/button/src/${BUTTON_ROOMS[place + 1]}/above${place}.ts`,
      ] as const,
  ),
  ["button-elements-imports-rooms-below-only", "packages/button/src/elements/a24.ts", "packages/button/src/index.ts"],
  ["button-files-stand-in-a-known-room", "packages/button/src/a25.ts", "packages/button/src/helpers/b25.ts"],
  ["worker-files-stand-in-a-known-room", "apps/worker/src/routes/a18.ts", "apps/worker/src/helpers/b18.ts"],
] as const;

const ALLOWED = [
  ["packages/client/src/a19.ts", "packages/core/src/b19.ts"],
  ["apps/worker/src/checkout/a20.ts", "apps/worker/src/storage/b20.ts"],
  ["apps/worker/src/qonto/a21.ts", "apps/worker/src/qonto/b21.ts"],
  ["apps/worker/src/pricing/a22.ts", "packages/core/src/b22.ts"],
  ...ROOMS.slice(1).map(
    (room, place) =>
      [`apps/worker/src/${room}/down${place}.ts`, `apps/worker/src/${ROOMS[place]}/below${place}.ts`] as const,
  ),
  ...BUTTON_ROOMS.slice(1).map(
    (room, place) =>
      [
        `packages/button/src/${room}/down${place}.ts`,
        `packages/button/src/${BUTTON_ROOMS[place]}/below${place}.ts`,
      ] as const,
  ),
  ["packages/button/src/a23.ts", "packages/core/src/b23.ts"],
  ["packages/vendure-plugin/src/services/a32.ts", "packages/vendure-plugin/src/constants.ts"],
  ["packages/vendure-plugin/src/services/a33.ts", "packages/vendure-plugin/src/entities/b33.ts"],
  ["packages/vendure-plugin/src/api/a34.ts", "packages/vendure-plugin/src/services/b34.ts"],
] as const;

/** A circle, and a module of Node's. */
const OTHERS = {
  "packages/core/src/c1.ts": 'import { c2 } from "./c2.ts";\nexport const c1 = () => c2;\n',
  "packages/core/src/c2.ts": 'import { c1 } from "./c1.ts";\nexport const c2 = () => c1;\n',
  "packages/client/src/n1.ts": 'import { createHmac } from "node:crypto";\nexport const hmac = createHmac;\n',
  "packages/client/src/n2.ts": 'export { hmac } from "./n1.ts";\n',
};

let folder = "";
let violations: readonly Violation[] = [];

interface Violation {
  readonly from: string;
  readonly rule: { readonly name: string };
}

/** All cases are one tree of small files, which is checked once: every start of the checker takes a second. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "qonto-pay-directions-"));
  for (const [, from, to] of FORBIDDEN) writeImport(from, to);
  for (const [from, to] of ALLOWED) writeImport(from, to);
  for (const [path, text] of Object.entries(OTHERS)) write(path, text);
  violations = check();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function writeImport(from: string, to: string): void {
  const up = "../".repeat(from.split("/").length - 1);
  write(from, `import { value } from "${up}${to}";\nexport const copy = value;\n`);
  write(to, "export const value = 1;\n");
}

function write(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function check(): readonly Violation[] {
  const { stdout, stderr } = spawnSync(
    join(REPOSITORY, "tools/repo-checks/node_modules/.bin/depcruise"),
    ["--config", join(REPOSITORY, ".dependency-cruiser.mjs"), "--output-type", "json", "packages", "apps"],
    { cwd: folder, encoding: "utf8", maxBuffer: 100_000_000 },
  );
  if (stdout === "") throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as { summary: { violations: readonly Violation[] } };
  return summary.violations;
}

/** Returns the names of the rules that a file breaks. */
function brokenBy(path: string): readonly string[] {
  return [...new Set(violations.filter(({ from }) => from === path).map(({ rule }) => rule.name))];
}

it.each(FORBIDDEN)("%s: %s may not import %s", (rule, from) => {
  expect(brokenBy(from)).toContain(rule);
});

it("a circle is rejected", () => {
  expect(brokenBy("packages/core/src/c1.ts")).toContain("no-circles");
});

it("the client may not import a module of Node, which other runtimes lack", () => {
  expect(brokenBy("packages/client/src/n1.ts")).toEqual(["client-runs-everywhere"]);
});

it.each(ALLOWED)("%s may import %s", (from) => {
  expect(brokenBy(from)).toEqual([]);
});
