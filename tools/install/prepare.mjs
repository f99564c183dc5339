import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * `node tools/install/prepare.mjs PART [--build]`: installs the packages that one command of the repository needs,
 * according to the lockfile, and builds the programs that it runs. Does nothing if that is already done. Plain
 * JavaScript for the Node that is already installed: it installs the Node in which everything else runs.
 */

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** The packages of one part, and the message during their installation. */
const PARTS = {
  start: {
    filters: ["qonto-pay-monorepo", "@qonto-pay/local-stack..."],
    says: "Installing the packages for `start`: about 160, 600 MB, half a minute on a fast connection.",
    builds: ["@qonto-pay/worker", "@qonto-pay/demo"],
  },
  probe: {
    filters: ["qonto-pay-monorepo", "@qonto-pay/probe-qonto..."],
    says: "Installing the packages for `probe:qonto`.",
    builds: [],
  },
  all: {
    filters: [],
    says: "Installing the packages for the tests: about 1.3 GB, a minute on a fast connection.",
    builds: [],
  },
  extended: {
    filters: [],
    folder: "extended",
    says: "Installing the packages for the extended tests: real shops, more browsers, frameworks.",
    builds: [],
  },
};

const [part = "", flag] = process.argv.slice(2);
const { filters, folder = ".", says, builds } = PARTS[part] ?? fail(`Unknown part "${part}".`);

install();
if (flag === "--build") {
  const args = ["turbo", "run", "build", ...builds.map((name) => `--filter=${name}`), "--output-logs=errors-only"];
  run("Building.", args);
}

function install() {
  const workspace = join(REPOSITORY, folder);
  const done = join(workspace, "node_modules/.qonto-pay-installed.json");
  const before = existsSync(done) ? JSON.parse(readFileSync(done, "utf8")) : {};
  const state = stateOf(workspace);
  // An installation for all packages includes the packages of each part.
  if (before.state === state && (before.parts.includes(part) || before.parts.includes("all"))) return;
  const args = ["install", "--frozen-lockfile", "--config.confirmModulesPurge=false"];
  run(says, [...args, ...filters.flatMap((name) => ["--filter", name])], workspace);
  const parts = before.state === state ? [...before.parts, part] : [part];
  mkdirSync(dirname(done), { recursive: true });
  writeFileSync(done, JSON.stringify({ state, parts }));
}

/** A fingerprint of everything that decides which packages are installed. */
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

/** Runs a command of pnpm, and shows its output only if it fails: pnpm prints many warnings that need no action. */
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
