import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium } from "@qonto-pay/browsers";
import { type Job, runJobs } from "./run-jobs.ts";
import { readSuiteReport } from "./suite-report.ts";

/**
 * `pnpm test`: every check and every suite. The last line adds up what really ran; it is not printed when something did
 * not start.
 */

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** What is told of the sources alone. Each check counts as one test. */
const CHECKS_OF_SOURCES = ["types", "lint", "format:check", "directions"].map(check);
const CHECKS_OF_BUILDS = ["size"].map(check);

const BUILD: Job = {
  name: "build",
  command: ["turbo", "run", "build", "package", "--continue", "--output-logs=errors-only"],
  folder: REPOSITORY,
};

/** Begun first, in this order, so that what is left for the end is short. Which they are was measured. */
const LONGEST_SUITES = [
  "@qonto-pay/local-stack-tests test",
  "@qonto-pay/worker-tests test:faults",
  "@qonto-pay/worker-tests test",
  "@qonto-pay/button-tests test:pages",
  "@qonto-pay/button-tests test",
  "@qonto-pay/vendure-plugin test",
  "@qonto-pay/client test",
];

/** One more than CI has processors: each suite waits now and then, for a browser or for time to pass. */
const AT_ONCE = 3;

interface Suite extends Job {
  readonly report: string;
}

const suites = findSuites().toSorted((one, other) => rank(one) - rank(other));
for (const suite of suites) rmSync(suite.report, { force: true });

// Unpacked once, before several suites would do so at the same time.
await findChromium();

const failed = new Set<Job>([
  ...(await runJobs(CHECKS_OF_SOURCES, AT_ONCE)),
  ...(await runJobs([BUILD], AT_ONCE)),
  ...(await runJobs([...suites, ...CHECKS_OF_BUILDS], AT_ONCE)),
]);

const total = { passed: 0, failed: 0, skipped: 0 };
for (const job of [...CHECKS_OF_SOURCES, ...CHECKS_OF_BUILDS]) {
  total[failed.has(job) ? "failed" : "passed"] += 1;
  if (failed.has(job)) console.error(`The check "${job.name}" failed.`);
}
const failures: string[] = [];
const notRun = suites.flatMap((suite) => {
  try {
    const count = readSuiteReport(suite.report);
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
    failures.push(...count.failures);
    return failed.has(suite) && count.failed === 0 ? [`${suite.name} failed, and no test of it`] : [];
  } catch (error) {
    return [`${suite.name} did not start: ${error instanceof Error ? error.message : String(error)}`];
  }
});
// Named once more at the end: what each suite printed may be thousands of lines back.
for (const failure of failures) console.error(`FAILED ${failure}`);
if (failed.has(BUILD)) notRun.push("The build failed: what was tested may be an older one");
if (notRun.length > 0) {
  for (const what of notRun) console.error(`${what}.`);
  console.error("Not everything ran, so nothing is counted.");
  process.exit(1);
}
const skipped = total.skipped === 0 ? "" : `, ${total.skipped} skipped`;
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed === 0 ? 0 : 1);

function check(script: string): Job {
  return { name: script, command: ["pnpm", "run", "--silent", script], folder: REPOSITORY };
}

function rank({ name }: Suite): number {
  const place = LONGEST_SUITES.indexOf(name);
  return place === -1 ? LONGEST_SUITES.length : place;
}

/** The scripts `test` and `test:...` of every package, with the report that each writes. */
function findSuites(): readonly Suite[] {
  return ["packages", "apps", "tools"].flatMap((parent) =>
    readdirSync(join(REPOSITORY, parent)).flatMap((entry) => {
      const folder = join(REPOSITORY, parent, entry);
      return [folder, join(folder, "test")]
        .filter((place) => existsSync(join(place, "package.json")))
        .flatMap(suitesIn);
    }),
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
      const [, report = ".reports/wtr.json"] = /--outputFile\.json=(\S+)/.exec(script) ?? [];
      const command: Job["command"] = ["pnpm", "run", "--silent", task];
      return { name: `${name} ${task}`, command, folder, report: join(folder, report) };
    });
}
