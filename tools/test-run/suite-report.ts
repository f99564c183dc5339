import { readFileSync } from "node:fs";

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What vitest's own JSON reporter writes, as far as it is needed here. */
interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly name: string; readonly assertionResults: readonly unknown[] }[];
}

/**
 * Reads what a suite reports to have run.
 *
 * @throws Error where there is no report, a file of the suite did not load, or nothing ran: such a suite did not start,
 *   and no count would be true.
 */
export function readSuiteReport(file: string): Count {
  const report = JSON.parse(readFileSync(file, "utf8")) as VitestReport | Count;
  const count = "testResults" in report ? countOf(report) : report;
  if (count.passed + count.failed === 0) throw new Error("no test ran");
  return count;
}

function countOf(report: VitestReport): Count {
  const unloaded = report.testResults.find((file) => file.assertionResults.length === 0);
  if (unloaded !== undefined) throw new Error(`${unloaded.name} did not load`);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
