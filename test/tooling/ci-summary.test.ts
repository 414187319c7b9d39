import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const script = resolve(import.meta.dirname, "../../.ci/summary.mjs");
const folder = mkdtempSync(join(tmpdir(), "ci-summary-"));

function summaryOf(...reports: readonly (object | undefined)[]) {
  const paths = reports.map((report, place) => {
    const path = join(folder, report === undefined ? "absent.json" : `report-${place}.json`);
    if (report !== undefined) writeFileSync(path, JSON.stringify(report));
    return path;
  });
  const { stdout, status } = spawnSync(process.execPath, [script, ...paths], { encoding: "utf8" });
  return { line: stdout, status };
}

const ran = { status: "passed", assertionResults: [{ status: "passed" }] };

describe("the last line of CI", () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("counts what the runner counted", () => {
    const report = { success: true, numPassedTests: 3, numFailedTests: 0, testResults: [ran] };
    expect(summaryOf(report)).toEqual({ line: "3 passed, 0 failed\n", status: 0 });
  });

  it("adds up the reports of all tiers, and misses the one that is not there", () => {
    const report = { success: true, numPassedTests: 3, numFailedTests: 0, testResults: [ran] };
    expect(summaryOf(report, report)).toEqual({ line: "6 passed, 0 failed\n", status: 0 });
    expect(summaryOf(report, undefined)).toEqual({ line: "3 passed, 1 failed\n", status: 1 });
  });

  it("fails when a test failed", () => {
    const report = { success: false, numPassedTests: 2, numFailedTests: 1, testResults: [ran] };
    expect(summaryOf(report)).toEqual({ line: "2 passed, 1 failed\n", status: 1 });
  });

  it("counts a test file that could not be run as a failure", () => {
    const unrun = { status: "failed", assertionResults: [] };
    const testResults = [ran, unrun];
    const report = { success: false, numPassedTests: 2, numFailedTests: 0, testResults };
    expect(summaryOf(report)).toEqual({ line: "2 passed, 1 failed\n", status: 1 });
  });

  it("fails when nothing was run, or no report was written", () => {
    const report = { success: true, numPassedTests: 0, numFailedTests: 0, testResults: [] };
    expect(summaryOf(report)).toEqual({ line: "0 passed, 0 failed\n", status: 1 });
    expect(summaryOf(undefined)).toEqual({ line: "0 passed, 1 failed\n", status: 1 });
  });
});
