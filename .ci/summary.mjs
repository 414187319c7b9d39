import { existsSync, readFileSync } from "node:fs";

/**
 * Prints `N passed, N failed` from the test runner's JSON report and exits with 1 unless all
 * passed. A file that could not be run counts as one failure, and so does a missing report.
 */
const [, , path] = process.argv;
const { passed, failed } = path && existsSync(path) ? counted(path) : { passed: 0, failed: 1 };

function counted(reportPath) {
  const report = JSON.parse(readFileSync(reportPath, "utf8"));
  const unrun = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  );
  const failures = report.numFailedTests + unrun.length;
  return {
    passed: report.numPassedTests,
    failed: report.success ? failures : Math.max(failures, 1),
  };
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
