import { describe, expect, it } from "vitest";
import { defaultSwitches, unknowns } from "../../../../runtime/rehearsal/services/drs/drs.js";

describe("what AWS leaves open", () => {
  it("is one switch each, told once with its default", () => {
    const told = Object.fromEntries(unknowns.map((one) => [one.name, one.default]));
    expect(told).toEqual(defaultSwitches);
    expect(unknowns).toHaveLength(Object.keys(defaultSwitches).length);
  });

  it("is told in whole sentences", () => {
    for (const { what } of unknowns) expect(what).toMatch(/^[A-Z].{15,}\.$/);
  });
});
