import { readFileSync } from "node:fs";

/** What a suite ran: how many tests passed, failed and were skipped, and a line of each that failed. */
export interface SuiteReport {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly failures: readonly string[];
}

/** What vitest's own JSON reporter writes, as far as it is needed here. */
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
 * Reads what a suite reports to have run.
 *
 * @throws Error where there is no report, a file of the suite did not load, or nothing ran: such a suite did not start,
 *   and no count would be true.
 */
export function readSuiteReport(file: string): SuiteReport {
  const written = JSON.parse(readFileSync(file, "utf8")) as VitestReport | SuiteReport;
  const report = "testResults" in written ? fromVitest(written) : written;
  if (report.passed + report.failed === 0) throw new Error("no test ran");
  return report;
}

/** One line of a test that failed: where it is, its name, and the first line of why. */
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
