import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSuiteReport } from "@qonto-pay/test-run/suite-report";
import { expect, it } from "vitest";

function reportFile(report: unknown): string {
  const file = join(mkdtempSync(join(tmpdir(), "qonto-pay-report-")), "report.json");
  writeFileSync(file, JSON.stringify(report));
  return file;
}

const ran = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 };

it("adds up the tests of a suite, and names the failed ones", () => {
  const failed = { status: "failed", fullName: "adds", failureMessages: ["Error: 1 is not 2\n    at a.test.ts:1"] };
  const passed = { status: "passed", fullName: "takes away", failureMessages: [] };
  const file = reportFile({ ...ran, testResults: [{ name: "a.test.ts", assertionResults: [failed, passed] }] });
  expect(readSuiteReport(file)).toEqual({
    passed: 3,
    failed: 1,
    skipped: 2,
    failures: ["a.test.ts: adds: Error: 1 is not 2"],
  });
});

it.each([
  ["a test file did not load", { ...ran, testResults: [{ name: "a.test.ts", assertionResults: [] }] }],
  ["no test ran", { passed: 0, failed: 0, skipped: 4 }],
])("counts nothing when %s", (_name, report) => {
  expect(() => readSuiteReport(reportFile(report))).toThrow(Error);
});

it("counts nothing without a report", () => {
  expect(() => readSuiteReport(join(tmpdir(), "qonto-pay-no-such-report.json"))).toThrow(Error);
});
