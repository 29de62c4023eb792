import { expect, test } from "vitest";

import {
  addCounts,
  closingLine,
  NONE,
  readPlaywright,
  readVitest,
  withExitCode,
} from "./counts.ts";

test("a vitest report is summed, and a file that did not load is a failure", () => {
  const report = {
    numPassedTests: 3,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [
      { status: "passed", assertionResults: [{}] },
      { status: "failed", assertionResults: [{}] },
      { status: "failed", assertionResults: [] },
    ],
  };
  expect(readVitest(report)).toEqual({ passed: 3, failed: 2, skipped: 2 });
});

test("a flaky browser test and an error outside of tests are failures", () => {
  const report = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 1 }, errors: [{}] };
  expect(readPlaywright(report)).toEqual({ passed: 4, failed: 3, skipped: 1 });
});

test("a runner that exits with an error and no failed test is one failure", () => {
  expect(withExitCode(NONE, 1).failed).toBe(1);
  expect(withExitCode({ passed: 1, failed: 2, skipped: 0 }, 1).failed).toBe(2);
  expect(withExitCode(NONE, 0)).toEqual(NONE);
});

test("the closing line names the three counts", () => {
  const sum = addCounts({ passed: 2, failed: 0, skipped: 1 }, { passed: 1, failed: 0, skipped: 0 });
  expect(closingLine(sum)).toBe("3 passed, 0 failed, 1 skipped");
});
