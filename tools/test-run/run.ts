import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "@qonto-pay/browsers";
import { type Count, readSuiteReport } from "./suite-report.ts";

/**
 * `pnpm test`: every check and every suite. The last line adds up what really ran; it is not printed when something did
 * not start.
 */

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** Each counts as one test. */
const CHECKS = ["types", "lint", "format:check", "directions", "size"];

const suites = findSuites();
const tasks = [...new Set(suites.map(({ task }) => task))];
for (const suite of suites) rmSync(suite.report, { force: true });

// Unpacked once, before several suites would do so at the same time.
await findChromium();

const checks = CHECKS.map((check) => run("pnpm", ["run", "--silent", check]));
const didSuitesPass = run("turbo", ["run", ...tasks, "--continue", "--concurrency=2", "--output-logs=full"]);

const total = { passed: 0, failed: 0, skipped: 0 };
for (const passed of checks) total[passed ? "passed" : "failed"] += 1;

let hasUnstarted = false;
for (const suite of suites) {
  try {
    add(readSuiteReport(suite.report));
  } catch (error) {
    hasUnstarted = true;
    console.error(`${suite.name} did not start: ${error instanceof Error ? error.message : String(error)}`);
  }
}
CHECKS.forEach((check, index) => {
  if (checks[index] === false) console.error(`The check "${check}" failed.`);
});
if (hasUnstarted || (!didSuitesPass && total.failed === 0)) {
  console.error("Not everything ran, so nothing is counted.");
  process.exit(1);
}
const skipped = total.skipped === 0 ? "" : `, ${total.skipped} skipped`;
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed === 0 ? 0 : 1);

function add(count: Count): void {
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
}

function run(command: string, args: readonly string[]): boolean {
  console.log(`\n> ${command} ${args.join(" ")}`);
  const { status, error } = spawnSync(command, args, { cwd: REPOSITORY, stdio: "inherit" });
  if (error !== undefined) throw error;
  return status === 0;
}

interface Suite {
  readonly name: string;
  /** The script that runs it, which is also turbo's task. */
  readonly task: string;
  readonly report: string;
}

/** The scripts `test` and `test:...` of every package, by the report that each writes. */
function findSuites(): readonly Suite[] {
  return ["packages", "apps", "tools"].flatMap((folder) =>
    readdirSync(join(REPOSITORY, folder)).flatMap((entry) => suitesIn(join(REPOSITORY, folder, entry))),
  );
}

function suitesIn(folder: string): readonly Suite[] {
  const { name, scripts = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    name: string;
    scripts?: Record<string, string>;
  };
  return Object.entries(scripts)
    .filter(([task]) => /^test(:|$)/.test(task))
    .map(([task, script]) => {
      const report = script.startsWith("wtr") ? "wtr.json" : "vitest.json";
      return { name: `${name} ${task}`, task, report: join(folder, ".reports", report) };
    });
}
