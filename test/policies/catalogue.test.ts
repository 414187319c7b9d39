import { describe, expect, it } from "vitest";
import { catalogue } from "../../policies/catalogue.js";
import { cost } from "../../policies/cost/rules.js";
import { drsLimits } from "../../policies/drs-limits/rules.js";
import { failoverSafety } from "../../policies/failover-safety/rules.js";
import { residencyAndCompliance } from "../../policies/residency-and-compliance/rules.js";

const rules = [...drsLimits, ...failoverSafety, ...residencyAndCompliance, ...cost];

describe("the catalogue of rules", () => {
  it("lists every rule once, under a name with our prefix", () => {
    const names = catalogue.map((entry) => entry.rule);

    expect(names).toEqual([...new Set(names)]);
    expect(names).toHaveLength(rules.length);
    for (const name of names) expect(name).toMatch(/^dr-[a-z]+(-[a-z]+)*$/);
  });

  it("says in sentences what each rule demands, why, and what to do", () => {
    for (const { what, why } of catalogue) {
      expect(what).toMatch(/^[A-Z].*\.$/);
      expect(why).toMatch(/^[A-Z].*\.$/);
    }
    for (const rule of rules) expect(rule.remediationSteps).toMatch(/^[A-Z].*\.$/);
  });
});
