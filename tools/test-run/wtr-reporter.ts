import { mkdirSync, writeFileSync } from "node:fs";
import { describeFailure, type SuiteReport } from "./suite-report.ts";

interface FinishedTest {
  readonly name: string;
  readonly passed: boolean;
  readonly skipped: boolean;
  readonly error?: { readonly message?: string };
}
interface TestSuite {
  readonly tests: readonly FinishedTest[];
  readonly suites: readonly TestSuite[];
}
interface FinishedSession {
  readonly passed: boolean;
  readonly testFile?: string;
  readonly browser: { readonly name: string };
  readonly errors: readonly { readonly message?: string }[];
  readonly testResults?: TestSuite;
}

/**
 * A reporter for @web/test-runner that writes `.reports/wtr.json` for the test run to add up. A session that failed
 * without naming a failed test (a module that did not load), or that has no test, counts as one failure.
 */
export function suiteReporter() {
  return {
    onTestRunFinished({ sessions }: { sessions: readonly FinishedSession[] }): void {
      mkdirSync(".reports", { recursive: true });
      writeFileSync(".reports/wtr.json", JSON.stringify(addUp(sessions.map(reportOf))));
    },
  };
}

function reportOf({ passed, testFile = "", browser, errors, testResults }: FinishedSession): SuiteReport {
  const tests = testResults === undefined ? [] : testsOf(testResults);
  const ran = tests.filter((test) => !test.skipped);
  const place = `${testFile} in ${browser.name}`;
  const failures = ran
    .filter((test) => !test.passed)
    .map(({ name, error }) => describeFailure(place, name, error?.message));
  if (failures.length === 0 && (tests.length === 0 || !passed)) {
    failures.push(describeFailure(place, "the file as a whole", errors[0]?.message));
  }
  return {
    passed: ran.filter((test) => test.passed).length,
    failed: failures.length,
    skipped: tests.length - ran.length,
    failures,
  };
}

function addUp(reports: readonly SuiteReport[]): SuiteReport {
  const sum = (count: "passed" | "failed" | "skipped") => reports.reduce((total, report) => total + report[count], 0);
  return {
    passed: sum("passed"),
    failed: sum("failed"),
    skipped: sum("skipped"),
    failures: reports.flatMap(({ failures }) => failures),
  };
}

function testsOf(suite: TestSuite): readonly FinishedTest[] {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}
