import { rmSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeChromium, findChromium } from "@qonto-pay/browsers";
import { findSuites } from "./find-suites.ts";
import { type Job, runJobs } from "./run-jobs.ts";
import { readSuiteReport } from "./suite-report.ts";

/**
 * `pnpm test`, `pnpm test:extended`, `pnpm test:fast`: the checks and suites of one profile. The last line adds up the
 * tests that ran; it is not printed if a suite did not start.
 */

const REPOSITORY = fileURLToPath(new URL("../../", import.meta.url));

/** The jobs of a command. Each check counts as one test. */
interface Profile {
  /** Run one after the other, before the suites. */
  readonly builds: readonly Job[];
  /** Checks that need no build: they run beside it. */
  readonly checksBesideBuild: readonly Job[];
  /** Checks that run beside the suites, after them in order. */
  readonly checks: readonly Job[];
  /** Pattern of the packages' scripts that belong to the profile. */
  readonly scripts: RegExp;
  /** Suites that start first, so that no long suite is left for the end. The list is measured. */
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
    builds: [BUILD],
    checksBesideBuild: [check("format:check"), check("directions")],
    checks: [check("lint"), check("types"), check("size")],
    scripts: /^test(:|$)/,
    longest: [
      "@qonto-pay/worker-tests test:second-half",
      "@qonto-pay/worker-tests test",
      "@qonto-pay/local-stack-tests test",
      "@qonto-pay/button-tests test",
      "@qonto-pay/client test",
      "@qonto-pay/core-tests test",
      "@qonto-pay/repo-checks test",
    ],
  },
  extended: {
    // The types refer to those of the built packages.
    builds: [BUILD, check("build", EXTENDED)],
    checksBesideBuild: [],
    checks: [check("types", EXTENDED), check("lint", EXTENDED)],
    scripts: /^extended(:|$)/,
    longest: [
      "@qonto-pay/local-stack-tests extended:chaos",
      "@qonto-pay/vendure-plugin-tests extended",
      "@qonto-pay/other-browsers extended",
      "@qonto-pay/worker-tests extended:faults-production",
      "@qonto-pay/worker-tests extended:faults-sandbox",
      "@qonto-pay/worker-tests extended:faults-documented",
    ],
  },
  fast: { builds: [], checksBesideBuild: [], checks: [check("types")], scripts: /^fast$/, longest: [] },
};

/** One more than CI has processors: each suite sometimes waits, for a browser or for time to pass. */
const AT_ONCE = 3;

const profileName = process.argv[2] ?? "test";
const profile = PROFILES[profileName];
if (profile === undefined)
  throw new Error(`There is no profile "${profileName}": ${Object.keys(PROFILES).join(", ")}.`);

const rank = (suite: string): number => {
  const place = profile.longest.indexOf(suite);
  return place === -1 ? profile.longest.length : place;
};
const suites = findSuites(REPOSITORY, profile.scripts).toSorted((one, other) => rank(one.name) - rank(other.name));
for (const suite of suites) rmSync(suite.report, { force: true });

if (profileName !== "fast") {
  // Unpacked once, before several suites would unpack it at the same time.
  console.log(describeChromium(await findChromium()));
}

const { builds, checksBesideBuild, checks } = profile;
const early = await Promise.all([runJobs(builds, 1), runJobs(checksBesideBuild, AT_ONCE - 1)]);
const failed = new Set<Job>([...early.flat(), ...(await runJobs([...suites, ...checks], AT_ONCE))]);

const total = { passed: 0, failed: 0, skipped: 0 };
for (const one of [...checksBesideBuild, ...checks]) {
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
    return failed.has(suite) && count.failed === 0 ? [`${suite.name} failed outside of its tests`] : [];
  } catch (error) {
    return [`${suite.name} did not start: ${error instanceof Error ? error.message : String(error)}`];
  }
});
// Repeated at the end: a suite's own output may be thousands of lines back.
for (const failure of failures) console.error(`FAILED ${failure}`);
if (builds.some((one) => failed.has(one))) notRun.push("The build failed: the tests may have run on an older one");
if (notRun.length > 0) {
  for (const what of notRun) console.error(`${what}.`);
  console.error("Some suites did not run, so there is no total.");
} else {
  const skipped = total.skipped === 0 ? "" : `, ${total.skipped} skipped`;
  console.log(`${total.passed} passed, ${total.failed} failed${skipped}`);
}
const code = notRun.length === 0 && total.failed === 0 ? 0 : 1;
// Only after all output is written: a pipe that another process made non-blocking keeps it in a queue, and an immediate
// exit would lose the total.
process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));

/** A script of a workspace's root. */
function check(name: string, folder = REPOSITORY): Job {
  const title = folder === REPOSITORY ? name : `${name} of ${basename(folder)}`;
  return { name: title, command: ["pnpm", "run", "--silent", name], folder };
}
