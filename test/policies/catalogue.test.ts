import { describe, expect, it } from "vitest";
import { catalogue } from "../../policies/catalogue.js";
import { drsLimits } from "../../policies/drs-limits/rules.js";

describe("the catalogue of rules", () => {
  it("lists every rule once, under a name with our prefix", () => {
    const names = catalogue.map((entry) => entry.rule);

    expect(names).toEqual([...new Set(names)]);
    expect(names).toHaveLength(drsLimits.length);
    for (const name of names) expect(name).toMatch(/^dr-[a-z]+(-[a-z]+)*$/);
  });

  it("says in sentences what each rule demands, why, and what to do", () => {
    for (const { what, why } of catalogue) {
      expect(what).toMatch(/^[A-Z].*\.$/);
      expect(why).toMatch(/^[A-Z].*\.$/);
    }
    for (const rule of drsLimits) expect(rule.remediationSteps).toMatch(/^[A-Z].*\.$/);
  });
});
