import { readFileSync } from "node:fs";

/** The result of a suite: how many tests passed, failed and were skipped, and a line for each failed test. */
export interface SuiteReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
}

/** The fields of vitest's JSON reporter that are needed here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly VitestFile[];
}
interface VitestFile {
  readonly name: string;
  readonly assertionResults: readonly VitestTest[];
}
interface VitestTest {
  readonly fullName: string;
  readonly status: string;
  readonly failureMessages: readonly string[];
}

/**
 * Reads the report of a suite.
 *
 * @throws Error if there is no report, a file of the suite did not load, or no test ran: such a suite did not start,
 *   and no count would be true.
 */
export function readSuiteReport(file: string): SuiteReport {
  const written = JSON.parse(readFileSync(file, "utf8")) as VitestReport | SuiteReport;
  const report = "testResults" in written ? fromVitest(written) : written;
  if (report.passed + report.failed === 0) throw new Error("no test ran");
  return report;
}

/** Returns one line for a failed test: its file, its name, and the first line of the reason. */
export function describeFailure(file: string, test: string, why: string | undefined): string {
  const [reason = ""] = why?.split("\n") ?? [];
  return `${file}: ${test}${reason === "" ? "" : `: ${reason}`}`;
}

function fromVitest(report: VitestReport): SuiteReport {
  const unloaded = report.testResults.find((file) => file.assertionResults.length === 0);
  if (unloaded !== undefined) throw new Error(`${unloaded.name} did not load`);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(failuresIn),
  };
}

function failuresIn({ name, assertionResults }: VitestFile): readonly string[] {
  return assertionResults
    .filter(({ status }) => status === "failed")
    .map(({ fullName, failureMessages }) => describeFailure(name, fullName, failureMessages[0]));
}
