import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";

const bench = resolve(import.meta.dirname, "../../dist/bench/main.js");

function figuresOf(...args: readonly string[]) {
  const output = execFileSync(process.execPath, [bench, ...args], { encoding: "utf8" });
  return JSON.parse(output).figures;
}

describe("the benchmark", () => {
  it("prints each figure beside its baseline, and their ratio", () => {
    const figures = figuresOf("--json", "bundle-cost");
    expect(figures.length).toBeGreaterThan(0);
    for (const { name, unit, value, baseline, ratio } of figures) {
      expect(name).toMatch(/bundle/);
      expect(unit).toMatch(/^(KiB|ms)$/);
      expect(ratio).toBeCloseTo(value / baseline, 2);
    }
  });

  it("finds that planning grows no worse than with the square root of ten above linear", () => {
    for (const { ratio } of figuresOf("--json", "planner")) {
      expect(ratio).toBeGreaterThan(0);
      expect(ratio).toBeLessThan(Math.sqrt(10));
    }
  });
});
