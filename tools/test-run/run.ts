import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeChromium, findChromium } from "@qonto-pay/browsers";
import { findSuites } from "./find-suites.ts";
import { type Job, runJobs } from "./run-jobs.ts";
import { readSuiteReport } from "./suite-report.ts";

/**
 * `pnpm test`, `pnpm test:extended`, `pnpm test:fast`: the checks and suites of one profile. The last line adds up what
 * really ran; it is not printed when something did not start.
 */

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** What a command runs. Each check counts as one test. */
interface Profile {
  /** What reads sources alone, run first. */
  readonly checks: readonly Job[];
  /** Run one after the other. */
  readonly builds: readonly Job[];
  /** What reads what was built. */
  readonly checksOfBuild: readonly Job[];
  /** Scripts of packages that belong to it. */
  readonly scripts: RegExp;
  /** Suites that are begun first, so that what is left for the end is short. Which they are was measured. */
  readonly longest: readonly string[];
}

const EXTENDED = join(REPOSITORY, "extended");

const BUILD: Job = {
  name: "build",
  command: ["turbo", "run", "build", "package", "--continue", "--output-logs=errors-only"],
  folder: REPOSITORY,
};

const PROFILES: Readonly<Record<string, Profile>> = {
  test: {
    checks: ["types", "lint", "format:check", "directions"].map((script) => check(script)),
    builds: [BUILD],
    checksOfBuild: [check("size")],
    scripts: /^test(:|$)/,
    longest: [
      "@qonto-pay/local-stack-tests test",
      "@qonto-pay/worker-tests test:faults",
      "@qonto-pay/worker-tests test",
      "@qonto-pay/button-tests test:pages",
      "@qonto-pay/button-tests test",
      "@qonto-pay/client test",
    ],
  },
  extended: {
    checks: [],
    // Its types name those of the packages as they were built.
    builds: [BUILD, check("build", EXTENDED)],
    checksOfBuild: [check("types", EXTENDED)],
    scripts: /^extended(:|$)/,
    longest: ["@qonto-pay/vendure-plugin-tests extended", "@qonto-pay/other-browsers extended"],
  },
  fast: { checks: [check("types")], builds: [], checksOfBuild: [], scripts: /^fast$/, longest: [] },
};

/** One more than CI has processors: each suite waits now and then, for a browser or for time to pass. */
const AT_ONCE = 3;

const profileName = process.argv[2] ?? "test";
const profile = PROFILES[profileName];
if (profile === undefined) throw new Error(`There is no profile "${profileName}": ${Object.keys(PROFILES).join(", ")}.`);

const rank = (suite: string): number => {
  const place = profile.longest.indexOf(suite);
  return place === -1 ? profile.longest.length : place;
};
const suites = findSuites(REPOSITORY, profile.scripts).toSorted((one, other) => rank(one.name) - rank(other.name));
for (const suite of suites) rmSync(suite.report, { force: true });

if (profileName !== "fast") {
  // Unpacked once, before several suites would do so at the same time.
  console.log(describeChromium(await findChromium()));
}

const { checks, builds, checksOfBuild } = profile;
const failed = new Set<Job>([
  ...(await runJobs(checks, AT_ONCE)),
  ...(await runJobs(builds, 1)),
  ...(await runJobs([...suites, ...checksOfBuild], AT_ONCE)),
]);

const total = { passed: 0, failed: 0, skipped: 0 };
for (const one of [...checks, ...checksOfBuild]) {
  total[failed.has(one) ? "failed" : "passed"] += 1;
  if (failed.has(one)) console.error(`The check "${one.name}" failed.`);
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
// Named again at the end: what each suite printed may be thousands of lines back.
for (const failure of failures) console.error(`FAILED ${failure}`);
if (builds.some((one) => failed.has(one))) notRun.push("The build failed: what was tested may be an older one");
if (notRun.length > 0) {
  for (const what of notRun) console.error(`${what}.`);
  console.error("Not everything ran, so nothing is counted.");
  process.exit(1);
}
const skipped = total.skipped === 0 ? "" : `, ${total.skipped} skipped`;
console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
process.exit(total.failed === 0 ? 0 : 1);

/** A script of a workspace's root. */
function check(name: string, folder = REPOSITORY): Job {
  const title = folder === REPOSITORY ? name : `${name} of ${basename(folder)}`;
  return { name: title, command: ["pnpm", "run", "--silent", name], folder };
}
