import { existsSync, readFileSync } from "node:fs";

/**
 * Prints `N passed, N failed` from the test runner's JSON reports, one a tier, and exits with 1
 * unless all passed. A file that could not be run counts as one failure, and so does a report that
 * is missing.
 */
const [, , ...paths] = process.argv;
const counts = paths.map((path) => (existsSync(path) ? counted(path) : { passed: 0, failed: 1 }));

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

const passed = counts.reduce((sum, count) => sum + count.passed, 0);
const failed = counts.reduce((sum, count) => sum + count.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
