import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `node tools/install/prepare.mjs PART [--build]`: installs what one command of the repository needs, as the lockfile has
 * it, and builds what it runs. Does nothing where that was done before. Plain JavaScript, for the Node that is installed:
 * it brings the Node that everything else runs in.
 */

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** The packages of one part, and what is said while they are installed. */
const PARTS = {
  start: {
    filters: ["qonto-pay-monorepo", "@qonto-pay/local-stack..."],
    says: "Installing what `start` needs: about 160 packages, 600 MB, half a minute on a fast connection.",
    builds: ["@qonto-pay/worker", "@qonto-pay/demo"],
  },
  probe: {
    filters: ["qonto-pay-monorepo", "@qonto-pay/probe-qonto..."],
    says: "Installing what `probe:qonto` needs.",
    builds: [],
  },
  all: {
    filters: [],
    says: "Installing what the tests need: about 1.3 GB, a minute on a fast connection.",
    builds: [],
  },
  extended: {
    filters: [],
    folder: "extended",
    says: "Installing what the extended tests need: real shops, more browsers, frameworks.",
    builds: [],
  },
};

const [part = "", flag] = process.argv.slice(2);
const { filters, folder = ".", says, builds } = PARTS[part] ?? fail(`Unknown part "${part}".`);

install();
if (flag === "--build") {
  const args = ["turbo", "run", "build", ...builds.map((name) => `--filter=${name}`), "--output-logs=errors-only"];
  run("Building it.", args);
}

function install() {
  const workspace = join(REPOSITORY, folder);
  const done = join(workspace, "node_modules/.qonto-pay-installed.json");
  const before = existsSync(done) ? JSON.parse(readFileSync(done, "utf8")) : {};
  const state = stateOf(workspace);
  // What all packages need holds what a part of them needs.
  if (before.state === state && (before.parts.includes(part) || before.parts.includes("all"))) return;
  const args = ["install", "--frozen-lockfile", "--config.confirmModulesPurge=false"];
  run(says, [...args, ...filters.flatMap((name) => ["--filter", name])], workspace);
  const parts = before.state === state ? [...before.parts, part] : [part];
  mkdirSync(dirname(done), { recursive: true });
  writeFileSync(done, JSON.stringify({ state, parts }));
}

/** Changes where anything changes that decides what is installed. */
function stateOf(workspace) {
  const files = ["pnpm-lock.yaml", "pnpm-workspace.yaml", ".pnpmfile.cjs"].map((name) => join(workspace, name));
  const hash = createHash("sha256").update(process.platform + process.arch);
  for (const file of [...files, ...manifestsBelow(workspace)]) {
    if (existsSync(file)) hash.update(file).update(readFileSync(file));
  }
  return hash.digest("hex");
}

function manifestsBelow(workspace) {
  return readdirSync(workspace, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^(\.|node_modules$|dist$|extended$)/.test(entry.name))
    .flatMap((entry) => {
      const below = join(workspace, entry.name);
      return [join(below, "package.json"), ...manifestsBelow(below)];
    });
}

/** Runs a command of pnpm's, and shows what it prints only where it fails: pnpm warns of much that needs no action. */
function run(text, args, cwd = REPOSITORY) {
  console.log(text);
  const pnpm = process.env.npm_execpath ?? fail("Run this with `npx pnpm@10.34.8`.");
  const command = args[0] === "turbo" ? ["exec", ...args] : args;
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", WRANGLER_SEND_METRICS: "false" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [pnpm, ...command], { cwd, env, encoding: "utf8" });
  if (status !== 0) fail(`${stdout}${stderr}\nThis command failed: pnpm ${command.join(" ")}`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
