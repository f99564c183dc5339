import { mkdirSync, writeFileSync } from "node:fs";

interface FinishedTest {
  readonly passed: boolean;
  readonly skipped: boolean;
}
interface TestSuite {
  readonly tests: readonly FinishedTest[];
  readonly suites: readonly TestSuite[];
}
interface FinishedSession {
  readonly passed: boolean;
  readonly testResults?: TestSuite;
}

/**
 * A reporter for @web/test-runner that writes `.reports/wtr.json` as `{passed, failed, skipped}` for the test run to add
 * up. A session that failed without naming a failed test (a module that did not load), or that has no test, counts as
 * one failure.
 */
export function countingReporter() {
  return {
    onTestRunFinished({ sessions }: { sessions: readonly FinishedSession[] }): void {
      const count = { passed: 0, failed: 0, skipped: 0 };
      for (const session of sessions) {
        const tests = session.testResults === undefined ? [] : testsOf(session.testResults);
        for (const test of tests) count[test.skipped ? "skipped" : test.passed ? "passed" : "failed"] += 1;
        const blamesATest = tests.some((test) => !test.passed && !test.skipped);
        if (tests.length === 0 || (!session.passed && !blamesATest)) count.failed += 1;
      }
      mkdirSync(".reports", { recursive: true });
      writeFileSync(".reports/wtr.json", JSON.stringify(count));
    },
  };
}

function testsOf(suite: TestSuite): readonly FinishedTest[] {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}
