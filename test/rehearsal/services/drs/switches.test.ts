import { describe, expect, it } from "vitest";
import { defaultSwitches, unknowns } from "../../../../runtime/rehearsal/services/drs/drs.js";
import {
  type SwitchValues,
  switchValues,
} from "../../../../runtime/rehearsal/services/drs/switch-values.js";

describe("what AWS leaves open", () => {
  it("is one switch each, told once with its default", () => {
    const told = Object.fromEntries(unknowns.map((one) => [one.name, one.default]));
    expect(told).toEqual(defaultSwitches);
    expect(unknowns).toHaveLength(Object.keys(defaultSwitches).length);
  });

  it("is never a default that could not be set", () => {
    for (const { name, default: value } of unknowns) {
      const values: SwitchValues = switchValues[name];
      if (Array.isArray(values)) expect(values).toContain(value);
      else if (typeof values === "object" && "min" in values) {
        expect(value).toBeGreaterThanOrEqual(values.min);
        expect(value).toBeLessThanOrEqual(values.max);
      } else expect(values).toBe(kindOf(value));
    }
    function kindOf(value: unknown): string {
      if (typeof value === "boolean") return "flag";
      if (typeof value === "string") return "text";
      return value === defaultSwitches.checkOrder ? "check-order" : "texts";
    }
  });

  it("is told in whole sentences", () => {
    for (const { what } of unknowns) expect(what).toMatch(/^[A-Z].{15,}\.$/);
  });
});
